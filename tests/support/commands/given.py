"""How a command is given in a test, and the audit row that it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.place import MARK, Json, Place, number

Path = dict[str, str]


@dataclass(frozen=True)
class Given:
    """One command ready to be given: the values of its path, its body and who gives it."""

    path: Path = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    token: str | None = None  # somebody else than a person of the command's role


@dataclass(frozen=True)
class Command:
    """How a route is called, and the audit row that it leaves.

    `subject` names the field of the answer or of the path that the row is about. `spoilt` changes
    the body so that the service refuses it, where no other id in the path does that.
    """

    service: str
    role: str
    action: str
    subject: str | Callable[[Given, Json], str]
    make: Callable[[Place], Given]
    of_school: bool = True
    before: bool = False
    after: bool = False
    spoilt: Mapping[str, Any] | None = None


def about(**path: str) -> Given:
    """A command about something, without a body."""
    return Given(path=path)


def saying(given: Given, **body: Any) -> Given:
    """The same command with a body."""
    return Given(given.path, body, given.token)


def reason() -> str:
    """Words of which there are none other."""
    return f"Lý do {MARK} {number()}"
