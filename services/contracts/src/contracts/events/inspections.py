"""Facts that inspections tells: from a proposal to the remedy, and petitions."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import NonNegativeInt

from contracts.events.base import Event
from contracts.ids import SchoolCode

InspectionKind = Literal["surprise", "triggered", "planned"]
HandledAt = Literal["school", "superior"]
Severity = Literal[1, 2, 3, 4]
RemedyKind = Literal[
    "criticism",
    "posting",
    "apology",
    "refund",
    "training",
    "reassignment",
    "discipline_proposal",
]
PetitionKind = Literal["petition", "suggestion"]


class InspectionProposed(Event):
    """An inspection waits for its order (đề nghị kiểm tra), by itself through `rule` or by hand.

    `handled_at` is "superior" when the matter concerns the head, who then doesn't see it. Told
    again with a higher `version` when a change of the calendar moves `order_due_on`.
    """

    name: ClassVar[str] = "inspections.inspection_proposed"
    inspection_id: UUID
    school: SchoolCode
    kind: InspectionKind
    rule: str | None
    trigger_event_id: UUID | None
    handled_at: HandledAt
    proposed_on: date
    order_due_on: date
    version: int


class InspectionEscalated(Event):
    """Nobody ordered or refused a proposed inspection in time; the level above is asked."""

    name: ClassVar[str] = "inspections.inspection_escalated"
    inspection_id: UUID
    school: SchoolCode
    order_due_on: date
    escalated_on: date
    version: int


class InspectionOrdered(Event):
    """The head decided that the inspection takes place."""

    name: ClassVar[str] = "inspections.inspection_ordered"
    inspection_id: UUID
    school: SchoolCode
    kind: InspectionKind
    ordered_on: date
    version: int


class InspectionDismissed(Event):
    """The head decided, with a reason, against a proposed inspection."""

    name: ClassVar[str] = "inspections.inspection_dismissed"
    inspection_id: UUID
    school: SchoolCode
    dismissed_on: date
    version: int


class InspectionCompleted(Event):
    """An inspection was carried out; `checked` items of the checklist, `failed` of them not met."""

    name: ClassVar[str] = "inspections.inspection_completed"
    inspection_id: UUID
    school: SchoolCode
    kind: InspectionKind
    completed_on: date
    checked: NonNegativeInt
    failed: NonNegativeInt
    version: int


class FindingRecorded(Event):
    """A checklist item was not met; severity 1 to 4 (Mức 4 is urgent)."""

    name: ClassVar[str] = "inspections.finding_recorded"
    finding_id: UUID
    inspection_id: UUID
    school: SchoolCode
    item: str
    severity: Severity
    found_on: date


class FindingEscalated(Event):
    """Nobody put an urgent finding (Mức 4) right in time; the level above is asked."""

    name: ClassVar[str] = "inspections.finding_escalated"
    finding_id: UUID
    inspection_id: UUID
    school: SchoolCode
    due_on: date
    escalated_on: date


class RemedyAssigned(Event):
    """A finding gets its remedy with a due date in working days.

    Told again with a higher `version` when a change of the calendar moves the due date.
    """

    name: ClassVar[str] = "inspections.remedy_assigned"
    remedy_id: UUID
    finding_id: UUID
    school: SchoolCode
    kind: RemedyKind
    severity: Severity
    due_on: date
    version: int


class RemedyClosed(Event):
    """A remedy is done and shown; `late_working_days` is 0 when in time."""

    name: ClassVar[str] = "inspections.remedy_closed"
    remedy_id: UUID
    finding_id: UUID
    school: SchoolCode
    due_on: date
    closed_on: date
    late_working_days: NonNegativeInt
    version: int


class RemedyOverdue(Event):
    """The day after `due_on` came and the remedy is open."""

    name: ClassVar[str] = "inspections.remedy_overdue"
    remedy_id: UUID
    finding_id: UUID
    school: SchoolCode
    due_on: date
    version: int


class ImprovementTaskAssigned(Event):
    """A campaign closed below its target: the school has to improve by `due_on`.

    Told again with a higher `version` when a change of the calendar moves the due date.
    """

    name: ClassVar[str] = "inspections.improvement_task_assigned"
    task_id: UUID
    school: SchoolCode
    campaign_id: UUID
    rule: str
    due_on: date
    version: int


class PetitionReceived(Event):
    """A petition (phản ánh, kiến nghị) or suggestion (góp ý) came in.

    Told again with a higher `version` when a change of the calendar moves the due date.
    """

    name: ClassVar[str] = "inspections.petition_received"
    petition_id: UUID
    school: SchoolCode
    kind: PetitionKind
    about_procedures: bool
    concerns_head: bool
    received_on: date
    due_on: date
    version: int


class PetitionAnswered(Event):
    """A petition got its answer; `late_working_days` is 0 when in time."""

    name: ClassVar[str] = "inspections.petition_answered"
    petition_id: UUID
    school: SchoolCode
    answered_on: date
    late_working_days: NonNegativeInt
    version: int


class PetitionOverdue(Event):
    """The day after `due_on` came and the petition has no answer."""

    name: ClassVar[str] = "inspections.petition_overdue"
    petition_id: UUID
    school: SchoolCode
    due_on: date
    version: int
