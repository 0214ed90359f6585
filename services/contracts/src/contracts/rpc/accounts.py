"""Questions and commands that directory answers about accounts, sessions and API keys."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request, Role
from contracts.written import Sentence

declare(
    {
        "directory.wrong_credentials": 401,  # never says whether username or password
        "directory.blocked": 429,  # too many failures; params: retry_after_seconds
        "directory.wrong_password": 422,  # the old one, when changing it
        "directory.weak_password": 422,  # params: why (a PasswordFault), min_length
        "directory.username_taken": 409,
        "directory.role_not_below": 403,  # one grants roles below one's own; params: role
        "directory.role_misplaced": 422,  # params: role, unit
        "directory.not_yourself": 409,
    }
)

AccountRole = Literal[
    "operator",
    "district_officer",
    "district_viewer",
    "principal",
    "deputy",
    "unit_head",
    "clerk",
    "accountant",
    "teacher",
    "union",
]
PasswordFault = Literal["too_short", "too_simple", "holds_username", "same_as_old"]
LONGEST_PASSWORD: Final = 200
Username = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,38}[A-Za-z0-9]$",
    ),
]
Password = Annotated[str, StringConstraints(max_length=LONGEST_PASSWORD)]
Token = Annotated[str, StringConstraints(max_length=512)]


# --- one's own session -------------------------------------------------------------------------


class Me(Model):
    """Who is logged in. `schools` are the codes in scope today, None for all of them."""

    account_id: UUID
    username: str
    display_name: str
    role: Role
    unit: UnitCode | None
    schools: tuple[SchoolCode, ...] | None
    must_change_password: bool


class Login(Request):
    """`login`, by nobody. Raises `directory.wrong_credentials`, `directory.blocked`."""

    username: Annotated[str, StringConstraints(max_length=200)]
    password: Password = Field(repr=False)


class LoggedIn(Model):
    """A session that was opened. `token` is told here and never again; it ends at `expires_at`."""

    token: str = Field(repr=False)
    expires_at: datetime
    account: Me


class Logout(Request):
    """`logout`: ends the session of `token`. Returns `Empty`, for a token that is unknown too."""

    token: Token = Field(repr=False)


class GetMe(Request):
    """`get_me`: the calling account. Returns `Me`."""


class ChangePassword(Request):
    """`change_password` of the calling account. Returns `Empty`.

    Its other sessions end; that of `token` lives on. Raises `directory.wrong_password`,
    `directory.weak_password`, `directory.blocked`, `auth.forbidden` for an API key.
    """

    old: Password = Field(repr=False)
    new: Password = Field(repr=False)
    token: Token | None = Field(default=None, repr=False)


# --- other people's accounts -------------------------------------------------------------------


class Account(Model):
    """An account as those above it see it. Blocks by wrong passwords end by themselves."""

    account_id: UUID
    username: str
    display_name: str
    role: AccountRole
    unit: UnitCode | None
    disabled: bool
    must_change_password: bool
    last_login_at: datetime | None


class Accounts(Model):
    """Accounts, by unit, then username."""

    items: tuple[Account, ...]


class ListAccounts(Request):
    """`list_accounts` at the actor's unit and below it; all of them for the operator."""

    unit: UnitCode | None = None


class CreateAccount(Request):
    """`create_account` of a role below the actor's, at a unit in scope. Returns `NewPassword`.

    Raises `directory.username_taken`, `directory.unknown_unit`, `directory.role_not_below`,
    `directory.role_misplaced`.
    """

    username: Username
    display_name: Sentence
    role: AccountRole
    unit: UnitCode | None = None


class NewPassword(Account):
    """The same with its initial password, told once; it has to be changed at the first login."""

    initial_password: str = Field(repr=False)


class ResetPassword(Request):
    """`reset_password`: its sessions end, blocks too. Returns `NewPassword`.

    Raises `resource.not_found`, `directory.role_not_below`, `directory.not_yourself`.
    """

    account_id: UUID


class DisableAccount(Request):
    """`disable_account`: its sessions end. Returns `Account`; raises as `reset_password`."""

    account_id: UUID


class EnableAccount(Request):
    """`enable_account`. Returns `Account`; raises as `reset_password`."""

    account_id: UUID


# --- keys for machines -------------------------------------------------------------------------


class ApiKey(Model):
    """A machine's key, without its secret."""

    key_id: UUID
    title: str
    role: AccountRole
    unit: UnitCode | None
    created_at: datetime
    revoked_at: datetime | None


class ApiKeys(Model):
    """Keys, newest first."""

    items: tuple[ApiKey, ...]


class ListApiKeys(Request):
    """`list_api_keys` at the actor's unit and below it; all of them for the operator."""


class CreateApiKey(Request):
    """`create_api_key`, by the rules of `create_account`. Returns `NewApiKey`."""

    title: Sentence
    role: AccountRole
    unit: UnitCode | None = None


class NewApiKey(ApiKey):
    """The same with its secret, told once: sent as `Authorization: Bearer <token>`."""

    token: str = Field(repr=False)


class RevokeApiKey(Request):
    """`revoke_api_key`. Returns `ApiKey`; raises `resource.not_found`."""

    key_id: UUID
