"""A command that is sent twice takes effect once: the key that its sender gives it."""

import re
from typing import Any, Final
from uuid import UUID

from fastapi import Request

from contracts.problems import Problem
from gateway.access import Rule
from gateway.origin import SAFE_METHODS

HEADER: Final = "Idempotency-Key"
# Python would take other spellings of a UUID, too.
WRITTEN: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

# How the interface describes it.
PARAMETER: Final[dict[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "format": "uuid", "title": HEADER},
    "description": "A fresh UUID for each command, sent again with each repetition of it. "
    "A command whose key was done already is refused as `request.repeated` and has no effect.",
}


def takes_key(method: str, path: str, rule: Rule) -> bool:
    """Whether a route takes a key: the REST commands of accounts.

    Parents' answers and petitions carry a `submission_id` of their own.
    """
    return method not in SAFE_METHODS and path.startswith("/api/v1/") and rule.scope != "public"


def command_id_of(request: Request) -> UUID | None:
    """Return the key of a command, None when it has none; raises `request.invalid`."""
    written = request.headers.get(HEADER)
    if written is None:
        return None
    if not WRITTEN.fullmatch(written):
        raise Problem("request.invalid", fields=[HEADER.lower()])
    return UUID(written)
