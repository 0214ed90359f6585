"""Commands of directory about who is who."""

from typing import Final

from tests.support.commands.given import Command, Given, about
from tests.support.place import Json, Place

PASSWORD: Final = "mat-khau-moi-13579-dai"


def _fresh_login(place: Place) -> Given:
    made = place.account()
    return Given(
        body={"username": made["username"], "password": made["initial_password"]}, token=""
    )


def _own_password(place: Place) -> Given:
    made, token = place.newcomer()
    return Given(body={"old": made["initial_password"], "new": PASSWORD}, token=token)


def _disabled(place: Place) -> str:
    account = str(place.account()["account_id"])
    place.send(f"POST /accounts/{account}/disable", "operator")
    return account


def _account_of(_: Given, answer: Json) -> str:
    return str(answer["account"]["account_id"])


COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/login": Command(
        "directory",
        "teacher",
        "session.opened",
        _account_of,
        _fresh_login,
        spoilt={"password": "sai"},
    ),
    "POST /api/v1/logout": Command(
        "directory",
        "teacher",
        "session.ended",
        "caller",
        lambda place: Given(token=place.newcomer()[1]),
    ),
    "POST /api/v1/me/password": Command(
        "directory",
        "teacher",
        "password.changed",
        "caller",
        _own_password,
        after=True,
        spoilt={"old": "sai"},
    ),
    "POST /api/v1/accounts": Command(
        "directory",
        "operator",
        "account.created",
        "account_id",
        lambda place: Given(body=place.account_body()),
        after=True,
        spoilt={"unit": "khong-co"},
    ),
    "POST /api/v1/accounts/{account_id}/password-reset": Command(
        "directory",
        "principal",
        "password.reset",
        "account_id",
        lambda place: about(account_id=place.account()["account_id"]),
        after=True,
    ),
    "POST /api/v1/accounts/{account_id}/disable": Command(
        "directory",
        "principal",
        "account.disabled",
        "account_id",
        lambda place: about(account_id=place.account()["account_id"]),
        before=True,
        after=True,
    ),
    "POST /api/v1/accounts/{account_id}/enable": Command(
        "directory",
        "principal",
        "account.enabled",
        "account_id",
        lambda place: about(account_id=_disabled(place)),
        before=True,
        after=True,
    ),
    "POST /api/v1/api-keys": Command(
        "directory",
        "operator",
        "api_key.created",
        "key_id",
        lambda place: Given(body=place.key_body()),
        after=True,
        spoilt={"unit": "khong-co"},
    ),
    "POST /api/v1/api-keys/{key_id}/revoke": Command(
        "directory",
        "operator",
        "api_key.revoked",
        "key_id",
        lambda place: about(key_id=place.key()),
        before=True,
        after=True,
    ),
}
