"""Loads the sample district: units, schools, the plan of 2024, an account for each role."""

import secrets
from pathlib import Path
from typing import Any

import yaml

from deploy.local.play.api import Api, Json, RefusedError, login
from deploy.local.play.chronicle import Chronicle

DISTRICT = Path(__file__).with_name("district.yaml")


def read_district() -> Json:
    """Return the sample as it stands in its file."""
    district: Json = yaml.safe_load(DISTRICT.read_text(encoding="utf-8"))
    return district


def load(operator: Api, district: Json, chronicle: Chronicle, url: str) -> None:
    """Make what is not there yet; running it again changes nothing."""
    for unit in district["units"]:
        _once(operator, "/units", unit)
    for move in district["moves"]:
        body = {**move, "valid_from": str(move["valid_from"])}
        _once(operator, f"/units/{body.pop('unit')}/moves", body)
    common = district["school_common"]
    for school in district["schools"]:
        body = {k: school[k] for k in ("code", "title", "level")}
        _once(operator, "/schools", body | common | {"opened_on": str(common["opened_on"])})
    plan = district["plan"]
    operator.put(
        f"/schools/{plan['school']}/plans/{plan['year']}",
        {k: v for k, v in plan.items() if k not in {"school", "year"}},
    )
    for account in district["accounts"]:
        _account(operator, account, chronicle, url)


def _once(operator: Api, path: str, body: Json) -> None:
    try:
        operator.post(path, body)
    except RefusedError as refused:
        if refused.status != 409:  # noqa: PLR2004 - conflict: it is there already
            raise


def _account(operator: Api, account: dict[str, Any], chronicle: Chronicle, url: str) -> None:
    """Make an account and change its first password, as its owner would."""
    name = account["username"]
    if chronicle.has(f"password {name}"):
        return
    made: Json = {}
    while "initial_password" not in made:  # the answer that told it may go lost
        known = {a["username"]: a for a in operator.items("/accounts")}
        if name in known:
            made = operator.post(f"/accounts/{known[name]['account_id']}/password-reset")
        else:
            made = operator.post("/accounts", account)
    chosen = new_password()
    first = made["initial_password"]
    with Api(url, login(url, name, first)) as owner:
        owner.post("/me/password", {"old": first, "new": chosen})
    chronicle.keep(f"password {name}", chosen)


def new_password() -> str:
    """Return a password that a person can type: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
