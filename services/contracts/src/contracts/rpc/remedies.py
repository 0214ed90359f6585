"""Questions and commands about findings and what is done about them."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt

from contracts.events.inspections import RemedyKind, Severity
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Said

declare({"inspections.explanation_required": 422})  # a remedy of Mức 3 closes with one

RemedyState = Literal["open", "overdue", "closed"]
FindingKind = Literal["unmet_item", "arbitrary_demand"]


class DueChange(Model):
    """A due date that was moved by a change of the calendar; the old one stays on record."""

    old_due_on: date
    new_due_on: date
    changed_on: date
    legal_basis: str


class Remedy(Model):
    """What is done about a finding. `working_days_left` is negative when overdue, None when closed.

    `late_working_days` is final when it is closed; while it is overdue it grows.
    """

    remedy_id: UUID
    finding_id: UUID
    inspection_id: UUID
    school: SchoolCode
    school_title: str
    item: str
    kind: RemedyKind
    severity: Severity
    description: str
    state: RemedyState
    assigned_on: date
    due_on: date
    due_changes: tuple[DueChange, ...]
    working_days_left: int | None
    late_working_days: NonNegativeInt
    explanation_required: bool
    explanation: str | None
    closed_on: date | None
    evidence: str | None
    correlation_id: UUID
    version: int


class Finding(Model):
    """An item that was not met. A severity is a level, not a judgement; Mức 4 is urgent.

    Mức 4 escalates to the level above when no remedy of it is closed by `remedy_due_on`.
    """

    finding_id: UUID
    item: str
    words: Words
    kind: FindingKind
    severity: Severity
    note: str
    found_on: date
    remedy_due_on: date
    escalated_on: date | None
    remedies: tuple[Remedy, ...]


class AssignRemedy(Request):
    """`assign_remedy` → `Remedy`, due by the severity of its finding, in working days from today.

    A discipline proposal is recorded as such: the software never records a sanction.
    """

    finding_id: UUID
    kind: RemedyKind
    description: Said


class CloseRemedy(Request):
    """`close_remedy` → `Remedy`. Mức 3 asks for a written explanation."""

    remedy_id: UUID
    evidence: Said
    explanation: Said | None = None


class Remedies(Model):
    """Remedies, those due first at the top."""

    items: tuple[Remedy, ...]


class ListRemedies(Request):
    """`list_remedies` in the actor's scope."""

    school: SchoolCode | None = None
    state: RemedyState | None = None
