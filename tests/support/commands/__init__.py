"""Every command of the REST interface with a body that is right and something that it is about.

A new route that changes something needs its line here, or the tests that walk the table fail.
"""

from typing import Final
from uuid import uuid4

from gateway.access import ACCESS
from tests.support.commands import (
    accounts,
    directory,
    inspections,
    preparing,
    reports,
    surveys,
)
from tests.support.commands.given import Command, Path

COMMANDS: Final[dict[str, Command]] = (
    accounts.COMMANDS
    | directory.COMMANDS
    | surveys.COMMANDS
    | inspections.COMMANDS
    | reports.COMMANDS
    | preparing.COMMANDS
)

# What else changes something, and why it is none of the above.
PARENTS: Final = {
    "POST /k/{slug}": "a parent's answer, as a page",
    "POST /api/v1/public/campaigns/{slug}/responses": "a parent's answer",
    "POST /api/v1/public/petitions": "anybody's petition",
}
PAGES: Final = {
    "POST /login": "POST /api/v1/login",
    "POST /login/password": "POST /api/v1/me/password",
    "POST /logout": "POST /api/v1/logout",
}
CHANGING: Final = [route for route in ACCESS if not route.startswith("GET ")]


def stranger(path: Path) -> Path:
    """Return a path to something that is not there; days and years are always there."""
    return {
        name: value if name in {"day", "year"} else _nothing(name) for name, value in path.items()
    }


def _nothing(name: str) -> str:
    if name == "valid_from":
        return "2001-01-01"
    return str(uuid4()) if name.endswith("_id") else "khong-co"
