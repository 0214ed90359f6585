"""Commands on inspections: create by hand, order, dismiss."""

from contracts.events.inspections import InspectionDismissed, InspectionOrdered
from contracts.problems import Problem
from contracts.rpc import inspections as messages
from inspections.application.chains import take_step, tell
from inspections.application.detail import show_detail
from inspections.application.proposing import propose_by_hand
from inspections.domain.inspection import Inspection
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def create_inspection(
    work: InspectionsUnitOfWork, wanted: messages.CreateInspection
) -> messages.InspectionDetail:
    """Propose a surprise or planned inspection by hand."""
    if not work.actor.may_see(wanted.school) or work.schools.find(wanted.school) is None:
        raise Problem("inspections.unknown_school")
    inspection = propose_by_hand(work, wanted.school, wanted.kind, wanted.note)
    work.audit(
        "create_inspection",
        str(inspection.id),
        school=inspection.school,
        after={"kind": inspection.kind, "state": inspection.state},
    )
    return show_detail(work, inspection)


def order_inspection(
    work: InspectionsUnitOfWork, wanted: messages.OrderInspection
) -> messages.InspectionDetail:
    """Order a proposed inspection. Of an order and a dismissal at once, one wins."""
    before = locked(work, wanted)
    ordered = before.order(work.side, work.today, wanted.decision_number or None)
    event = InspectionOrdered(
        inspection_id=ordered.id,
        school=ordered.school,
        kind=ordered.kind,
        ordered_on=work.today,
        version=ordered.version,
    )
    ordered = tell(work, ordered, event)
    work.inspections.save(ordered)
    take_step(work, ordered, "ordered")
    after = {"state": "ordered", "decision_number": ordered.decision_number}
    _audit(work, "order_inspection", before, after)
    return show_detail(work, ordered)


def dismiss_inspection(
    work: InspectionsUnitOfWork, wanted: messages.DismissInspection
) -> messages.InspectionDetail:
    """Decide against a proposed inspection, with a reason."""
    before = locked(work, wanted)
    dismissed = before.dismiss(work.side, work.today, wanted.reason)
    event = InspectionDismissed(
        inspection_id=dismissed.id,
        school=dismissed.school,
        dismissed_on=work.today,
        version=dismissed.version,
    )
    dismissed = tell(work, dismissed, event)
    work.inspections.save(dismissed)
    take_step(work, dismissed, "dismissed")
    _audit(work, "dismiss_inspection", before, {"state": "dismissed"})
    return show_detail(work, dismissed)


def locked(
    work: InspectionsUnitOfWork,
    wanted: messages.OrderInspection | messages.DismissInspection | messages.CompleteInspection,
) -> Inspection:
    """Lock and return the inspection of a command; raises `resource.not_found`."""
    inspection = work.inspections.alone(wanted.inspection_id, work.actor)
    if inspection is None:
        raise Problem("resource.not_found")
    return inspection


def _audit(
    work: InspectionsUnitOfWork, action: str, before: Inspection, after: dict[str, str | None]
) -> None:
    work.audit(
        action,
        str(before.id),
        school=before.school,
        before={"state": before.state},
        after=after,
    )
