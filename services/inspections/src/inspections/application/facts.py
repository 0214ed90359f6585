"""The events that tell a matter's beginning, and tell it again when its due date moves."""

from uuid import UUID

from contracts.events import Event
from contracts.events.inspections import (
    ImprovementTaskAssigned,
    InspectionProposed,
    PetitionReceived,
    RemedyAssigned,
)
from inspections.domain.inspection import Inspection
from inspections.domain.matters import Matter
from inspections.domain.petition import Petition
from inspections.domain.remedy import Remedy
from inspections.domain.task import ImprovementTask


def inspection_proposed(one: Inspection, trigger_event_id: UUID | None) -> InspectionProposed:
    """Return the event of a proposed inspection."""
    return InspectionProposed(
        inspection_id=one.id,
        school=one.school,
        kind=one.kind,
        rule=one.rule,
        trigger_event_id=trigger_event_id,
        handled_at=one.handled_at,
        proposed_on=one.due_from,
        order_due_on=one.due_on,
        version=one.version,
    )


def remedy_assigned(one: Remedy) -> RemedyAssigned:
    """Return the event of an assigned remedy."""
    return RemedyAssigned(
        remedy_id=one.id,
        finding_id=one.finding_id,
        school=one.school,
        kind=one.kind,
        severity=one.severity,
        due_on=one.due_on,
        version=one.version,
    )


def task_assigned(one: ImprovementTask) -> ImprovementTaskAssigned:
    """Return the event of an assigned improvement task."""
    return ImprovementTaskAssigned(
        task_id=one.id,
        school=one.school,
        campaign_id=one.campaign_id,
        rule=one.rule,
        due_on=one.due_on,
        version=one.version,
    )


def petition_received(one: Petition) -> PetitionReceived:
    """Return the event of a received petition."""
    return PetitionReceived(
        petition_id=one.id,
        school=one.school,
        kind=one.kind,
        about_procedures=one.about_procedures,
        concerns_head=one.concerns_head,
        received_on=one.due_from,
        due_on=one.due_on,
        version=one.version,
    )


def retold(matter: Matter, trigger_event_id: UUID | None) -> Event | None:
    """Return the event that tells a moved due date, None where nobody was told of one."""
    match matter:
        case Inspection():
            return inspection_proposed(matter, trigger_event_id)
        case Remedy():
            return remedy_assigned(matter)
        case ImprovementTask():
            return task_assigned(matter)
        case Petition():
            return petition_received(matter)
        case _:
            return None
