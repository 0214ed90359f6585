"""Ad-hoc requests: what is asked of whom, what a right answer is, how it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc.base import Role
from contracts.rpc.requests import AddresseeState, FieldTotal, RequestField
from workdays import Calendar, Deadline, on_day
from workdays.deadlines import Wording

RULE: Final = "request.own_day"
RULE_VERSION: Final = 1
Values = Mapping[str, int | float | str]


@dataclass(frozen=True)
class FigureRequest:
    """A request. `named_on` is the day that its letter names; the deadline follows from it."""

    request_id: UUID
    inside: bool
    title: str
    instructions: str
    legal_basis: str
    named_on: date
    wording: Wording
    deadline: Deadline
    fields: tuple[RequestField, ...]
    made_at: datetime
    made_by: str
    closed_on: date | None
    closed_by: str | None
    close_reason: str | None
    version: int

    def check_open(self) -> None:
        """Raise `Problem` once it is closed."""
        if self.closed_on is not None:
            raise Problem("reports.request_closed", closed_on=str(self.closed_on))


@dataclass(frozen=True)
class Answer:
    """One answer; its lateness is of its own day."""

    school: str
    team: str
    number: int
    values: Values
    answered_at: datetime
    answered_on: date
    late_working_days: int
    by_role: Role
    by_name: str


def deadline_of(calendar: Calendar, named_on: date, wording: Wording, legal_basis: str) -> Deadline:
    """Return the deadline of a request that names a day."""
    return on_day(
        calendar,
        named_on,
        wording,
        rule=RULE,
        version=RULE_VERSION,
        legal_basis=legal_basis,
    )


def check_values(fields: Sequence[RequestField], values: Values) -> None:
    """Raise `Problem` with each field that is missing, unknown or of the wrong kind."""
    errors = [{"field": field, "code": code} for field, code in _faults(fields, values)]
    if errors:
        labels = {field.code: field.label for field in fields}
        named = ", ".join(f"“{labels.get(one['field'], one['field'])}”" for one in errors)
        raise Problem("reports.answer_invalid", errors=errors, fields=named)


def _faults(fields: Sequence[RequestField], values: Values) -> Iterator[tuple[str, str]]:
    known = {field.code for field in fields}
    yield from ((code, "unknown_field") for code in values if code not in known)
    for field in fields:
        value = values.get(field.code)
        if value is None or value == "":
            if field.required:
                yield field.code, "missing"
        elif field.kind == "number" and isinstance(value, str):
            yield field.code, "no_number"
        elif field.kind == "text" and not isinstance(value, str):
            yield field.code, "no_text"


def state_of(request: FigureRequest, first: Answer | None, today: date) -> AddresseeState:
    """Return how somebody who was asked stands, by the day of the first answer."""
    if first is not None:
        return "answered_late" if first.late_working_days else "answered_on_time"
    if request.closed_on is not None:
        return "not_answered"
    return "overdue" if request.deadline.due_on < today else "open"


def totals(fields: Iterable[RequestField], answers: Sequence[Values]) -> Iterator[FieldTotal]:
    """Yield the sum of each figure over the answers that hold it."""
    for field in fields:
        if field.kind != "number":
            continue
        held = [one[field.code] for one in answers if isinstance(one.get(field.code), int | float)]
        total = sum((Decimal(str(value)) for value in held), Decimal(0))
        whole = total == total.to_integral_value()
        yield FieldTotal(
            code=field.code, answers=len(held), total=int(total) if whole else float(total)
        )
