"""How a call and its reply look on the wire, and who is calling."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.problems import ProblemReply

Role = Literal[
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
    "parent",
    "system",
]


class Actor(Model):
    """Who calls. The gateway resolves it; each service enforces its scope on every query.

    `schools` are the schools in scope by today's hierarchy; None means all of them (operator).
    An anonymous parent has no account and no schools.
    """

    role: Role
    account_id: UUID | None = None
    display_name: str = ""
    unit: UnitCode | None = None
    schools: tuple[SchoolCode, ...] | None = ()

    def may_see(self, school: str) -> bool:
        """Whether the school lies in the actor's scope."""
        return self.schools is None or school in self.schools


SYSTEM = Actor(role="system", display_name="Kịp Thời", schools=None)
PARENT = Actor(role="parent")


class Call(Model):
    """The context of an RPC: goes beside the request as `context`.

    `command_id` is the key of a command: made by its sender and sent again with each repetition,
    so that the command takes effect once (`request.repeated`). Only an account's commands have one.
    """

    actor: Actor
    correlation_id: UUID
    command_id: UUID | None = None


class Request(Model):
    """Base of every RPC request.

    `noted` False: a call that went well leaves no line in the log, because it is a parent's, whose
    answer stands beside no time of day, or because it is asked every few seconds.
    """

    noted: ClassVar[bool] = True


class Reply(Model):
    """What comes back: a result or a problem, never both."""

    result: dict[str, Any] | None = None
    problem: ProblemReply | None = None


class Empty(Model):
    """No fields: the result of a command that has nothing to tell."""


class Ping(Request):
    """Ask whether the service is able to do its work."""

    noted = False


class TraceEvent(Model):
    """One event of a chain, as its owner kept it.

    `on` is the day in Vietnam on which it became true; `at` is None where it says its day alone.
    """

    id: UUID
    type: str
    on: date
    at: datetime | None
    source: str
    subject: str | None
    causation_id: UUID | None
    data: dict[str, Any]


class TraceRequest(Request):
    """Ask a service for its events of one chain."""

    correlation_id: UUID


class TraceReply(Model):
    """The events of a chain in this service, in order of occurrence, within the actor's scope."""

    events: tuple[TraceEvent, ...]
