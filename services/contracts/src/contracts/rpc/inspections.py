"""Questions and commands about inspections: from a proposal to what was found."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt, StrictBool

from contracts.events.inspections import HandledAt, InspectionKind, Severity
from contracts.events.surveys import DemandKind
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request, Role
from contracts.rpc.remedies import DueChange, Finding
from contracts.written import Long, Said, Short

declare(
    {
        "inspections.unknown_school": 404,
        "inspections.wrong_state": 409,  # params: state
        "inspections.head_decides": 409,  # not yet the level above; params: due_on
        "inspections.superior_decides": 409,  # it has escalated: only the level above refuses it
        "inspections.checklist_invalid": 422,  # params: errors: [{item, code}]
    }
)

InspectionState = Literal["proposed", "escalated", "ordered", "completed", "dismissed"]
StepKind = Literal["proposed", "attached", "escalated", "ordered", "dismissed", "completed"]


class Inspection(Model):
    """An inspection in a list. `rule` is the trigger rule that proposed it, None: by hand.

    While it is proposed it waits for its order until the end of `order_due_on`, then it escalates.
    `correlation_id` is the chain that it belongs to, from the parent's answer to the last remedy.
    """

    inspection_id: UUID
    school: SchoolCode
    school_title: str
    kind: InspectionKind
    state: InspectionState
    handled_at: HandledAt
    rule: str | None
    proposed_on: date
    order_due_on: date
    escalated_on: date | None
    ordered_on: date | None
    decision_number: str | None
    dismissed_on: date | None
    completed_on: date | None
    trigger_count: NonNegativeInt
    finding_count: NonNegativeInt
    open_remedies: NonNegativeInt
    correlation_id: UUID
    version: int


class Trigger(Model):
    """One event that led here. `attached`: the inspection was proposed already when it came.

    `withdrawn_on`: the report came with a batch of paper that was undone then; it counts no more.
    """

    event_id: UUID
    event_type: str
    occurred_on: date
    rule: str
    rule_version: int
    attached: bool
    campaign_id: UUID | None
    demand: DemandKind | None
    correlation_id: UUID
    withdrawn_on: date | None = None


class CampaignShare(Model):
    """So many `reports` of `answers` answers of one campaign led here, as known by now."""

    campaign_id: UUID
    reports: NonNegativeInt
    answers: NonNegativeInt


class ItemResult(Model):
    """What was found at one item of the checklist."""

    item: str
    words: Words
    met: bool
    note: str


class Step(Model):
    """One step of an inspection's history (quá trình xử lý); `role` of who took it.

    `at` is None for what followed by itself from something that says its day alone.
    """

    step: StepKind
    on: date
    at: datetime | None
    role: Role
    event_id: UUID | None


class InspectionDetail(Inspection):
    """One inspection with everything that led to it and followed from it."""

    note: str
    reason: str | None
    due_changes: tuple[DueChange, ...]
    triggers: tuple[Trigger, ...]
    shares: tuple[CampaignShare, ...]
    checklist: tuple[ItemResult, ...]
    findings: tuple[Finding, ...]
    history: tuple[Step, ...]


class Inspections(Model):
    """Inspections."""

    items: tuple[Inspection, ...]


class ListInspections(Request):
    """`list_inspections` in the actor's scope, newest first.

    What concerns the head of a school is not there for anybody of that school.
    """

    school: SchoolCode | None = None
    state: InspectionState | None = None


class GetInspection(Request):
    """`get_inspection` → `InspectionDetail`. Raises `resource.not_found`, out of scope too."""

    inspection_id: UUID


class CreateInspection(Request):
    """`create_inspection` by hand → `InspectionDetail`, proposed; ordering it is the next step.

    Surprise checks count for the duty ratio (plan, R4). Raises `inspections.unknown_school`.
    """

    school: SchoolCode
    kind: Literal["surprise", "planned"] = "surprise"
    note: Long = ""


class OrderInspection(Request):
    """`order_inspection` → `InspectionDetail`. A check needs a decision; its number may follow."""

    inspection_id: UUID
    decision_number: Short | None = None


class DismissInspection(Request):
    """`dismiss_inspection` → `InspectionDetail`."""

    inspection_id: UUID
    reason: Said


class CheckedItem(Model):
    """An item as it was found. Unmet, it becomes a finding of the item's severity or a higher one.

    `arbitrary_demand`: somebody invented a rule or harassed people (plan, R7): highest severity.
    """

    item: str = Field(max_length=16)
    met: StrictBool
    note: Long = ""
    severity: Severity | None = None
    arbitrary_demand: StrictBool = False


class CompleteInspection(Request):
    """`complete_inspection` → `InspectionDetail`. Raises `inspections.checklist_invalid`."""

    inspection_id: UUID
    results: tuple[CheckedItem, ...] = Field(min_length=1, max_length=100)
