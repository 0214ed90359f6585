"""Business time makes matters lapse: what was not done by its day escalates or is overdue."""

from datetime import datetime, time, timedelta
from uuid import UUID

from chassis.clock import VIETNAM
from contracts.events.inspections import (
    FindingEscalated,
    InspectionEscalated,
    PetitionOverdue,
    RemedyOverdue,
)
from inspections.application.chains import take_step, tell
from inspections.domain.matters import Matter
from inspections.storage.clockwork import Due, due
from inspections.storage.unit_of_work import InspectionsUnitOfWork, Units


def lapse_all(units: Units) -> int:
    """Let everything lapse whose day is over, the longest due first; returns how many did.

    Each in a transaction of its own. What another replica works on is passed over.
    """
    lapsed = 0
    passed: set[UUID] = set()
    while True:
        with units.for_system() as work:
            waiting = due(work.connection, work.today, passed)
        if not waiting:
            return lapsed
        for one in waiting:
            with units.for_system() as work:
                done = lapse(work, one)
            lapsed += done
            if not done:
                passed.add(one.id)


def lapse(work: InspectionsUnitOfWork, one: Due) -> bool:
    """Let one matter lapse, dated on the first moment after its day, however late the timer is.

    Returns False when it has been done meanwhile, or is in another's hands.
    """
    match one.kind:
        case "inspections":
            return _inspection(work, one.id)
        case "findings":
            return _finding(work, one.id)
        case "remedies":
            return _remedy(work, one.id)
        case "tasks":
            return _task(work, one.id)
        case _:
            return _petition(work, one.id)


def day_after(matter: Matter) -> datetime:
    """Return the first moment at which a matter is late."""
    return datetime.combine(matter.due_on + timedelta(days=1), time(), VIETNAM)


def _inspection(work: InspectionsUnitOfWork, matter_id: UUID) -> bool:
    found = work.inspections.lapsed(matter_id, work.today)
    if found is None:
        return False
    at = day_after(found)
    escalated = found.escalate(at.date())
    event = InspectionEscalated(
        inspection_id=escalated.id,
        school=escalated.school,
        order_due_on=escalated.due_on,
        escalated_on=at.date(),
        version=escalated.version,
    )
    escalated = tell(work, escalated, event, at=at)
    work.inspections.save(escalated)
    take_step(work, escalated, "escalated", at=at)
    return True


def _finding(work: InspectionsUnitOfWork, matter_id: UUID) -> bool:
    found = work.findings.lapsed(matter_id, work.today)
    if found is None:
        return False
    at = day_after(found)
    event = FindingEscalated(
        finding_id=found.id,
        inspection_id=found.inspection_id,
        school=found.school,
        due_on=found.due_on,
        escalated_on=at.date(),
    )
    work.findings.save(tell(work, found.escalate(at.date()), event, at=at))
    return True


def _remedy(work: InspectionsUnitOfWork, matter_id: UUID) -> bool:
    found = work.remedies.lapsed(matter_id, work.today)
    if found is None:
        return False
    overdue = found.lapse()
    event = RemedyOverdue(
        remedy_id=overdue.id,
        finding_id=overdue.finding_id,
        school=overdue.school,
        due_on=overdue.due_on,
        version=overdue.version,
    )
    work.remedies.save(tell(work, overdue, event, at=day_after(overdue)))
    return True


def _task(work: InspectionsUnitOfWork, matter_id: UUID) -> bool:
    found = work.tasks.lapsed(matter_id, work.today)
    if found is None:
        return False
    work.tasks.save(found.lapse())
    return True


def _petition(work: InspectionsUnitOfWork, matter_id: UUID) -> bool:
    found = work.petitions.lapsed(matter_id, work.today)
    if found is None:
        return False
    overdue = found.lapse()
    event = PetitionOverdue(
        petition_id=overdue.id,
        school=overdue.school,
        due_on=overdue.due_on,
        version=overdue.version,
    )
    # one that was entered when its day was over already is late from its entry on
    at = max(day_after(overdue), work.told_at(overdue.last_event_id))
    work.petitions.save(tell(work, overdue, event, at=at))
    return True
