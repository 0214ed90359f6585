"""Facts that reports tells: what is due, what came, how late."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import NonNegativeInt

from contracts.events.base import Event
from contracts.ids import SchoolCode
from contracts.periods import PeriodRef


class ObligationCreated(Event):
    """A school owes a report of `kind` for `period` by `due_on`.

    Told again with a higher `version` when a change of the calendar moves the deadline, or the
    district extends it.
    """

    name: ClassVar[str] = "reports.obligation_created"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    period: PeriodRef
    due_on: date
    version: int


class ObligationDueSoon(Event):
    """`working_days_left` (7, 3, 1 or 0) before the deadline and nothing submitted."""

    name: ClassVar[str] = "reports.obligation_due_soon"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    due_on: date
    working_days_left: NonNegativeInt


class ObligationOverdue(Event):
    """The deadline passed and nothing is submitted (Quá hạn chưa gửi)."""

    name: ClassVar[str] = "reports.obligation_overdue"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    due_on: date
    version: int


class ReportSubmitted(Event):
    """A report left the school; `late_working_days` is 0 when on time."""

    name: ClassVar[str] = "reports.report_submitted"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    submission: int
    submitted_on: date
    due_on: date
    late_working_days: NonNegativeInt
    version: int


class ReportReceived(Event):
    """The authority took the report."""

    name: ClassVar[str] = "reports.report_received"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    received_on: date
    version: int


class ReportReturned(Event):
    """The authority gave the report back, with a reason that stays in reports."""

    name: ClassVar[str] = "reports.report_returned"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    returned_on: date
    version: int


class RequestSent(Event):
    """A school is asked, ad hoc, for figures and text by `due_on`.

    Told again with a higher `version` when a change of the calendar moves the deadline.
    """

    name: ClassVar[str] = "reports.request_sent"
    request_id: UUID
    school: SchoolCode
    due_on: date
    version: int


class RequestAnswered(Event):
    """A school answered a request; `answer` 1 is the first, later ones correct it."""

    name: ClassVar[str] = "reports.request_answered"
    request_id: UUID
    school: SchoolCode
    answer: int
    answered_on: date
    due_on: date
    late_working_days: NonNegativeInt


class ReportWithdrawn(Event):
    """The school took a report back that nobody had received; the reason stays in reports.

    It is owed as after a return, and its first submission counts on.
    """

    name: ClassVar[str] = "reports.report_withdrawn"
    obligation_id: UUID
    school: SchoolCode
    kind: str
    withdrawn_on: date
    version: int
