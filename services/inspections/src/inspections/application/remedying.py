"""Remedies: assigned to a finding, closed with evidence."""

from uuid import uuid4

from contracts.events.inspections import RemedyClosed
from contracts.problems import Problem
from contracts.rpc import remedies as messages
from inspections.application.chains import tell
from inspections.application.facts import remedy_assigned
from inspections.application.showing import show_remedies
from inspections.domain.remedy import Remedy
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def list_remedies(work: InspectionsUnitOfWork, wanted: messages.ListRemedies) -> messages.Remedies:
    """Return the remedies in the actor's scope."""
    found = work.remedies.listed(work.actor, school=wanted.school, state=wanted.state)
    return messages.Remedies(items=tuple(show_remedies(work, found)))


def assign_remedy(work: InspectionsUnitOfWork, wanted: messages.AssignRemedy) -> messages.Remedy:
    """Say what is done about a finding; its severity gives the due date."""
    finding = work.findings.alone(wanted.finding_id, work.actor)
    if finding is None:
        raise Problem("resource.not_found")
    _require_charge(work, finding.inspection_id)
    remedy = Remedy(
        id=uuid4(),
        school=finding.school,
        handled_at=finding.handled_at,
        state="open",
        due_from=work.today,
        working_days=finding.working_days,
        due_on=work.calendar.add(work.today, finding.working_days),
        correlation_id=finding.correlation_id,
        last_event_id=finding.last_event_id,
        version=1,
        finding_id=finding.id,
        inspection_id=finding.inspection_id,
        item=finding.item,
        kind=wanted.kind,
        severity=finding.severity,
        description=wanted.description,
        explanation_required=finding.explanation_required,
    )
    remedy = tell(work, remedy, remedy_assigned(remedy))
    work.remedies.add(remedy)
    after = {"kind": remedy.kind, "due_on": remedy.due_on.isoformat()}
    work.audit("assign_remedy", str(remedy.id), school=remedy.school, after=after)
    return show_remedies(work, [remedy])[0]


def close_remedy(work: InspectionsUnitOfWork, wanted: messages.CloseRemedy) -> messages.Remedy:
    """Close a remedy with what shows that it is done; an urgent finding's clock stops then."""
    remedy = work.remedies.alone(wanted.remedy_id, work.actor)
    if remedy is None:
        raise Problem("resource.not_found")
    _require_charge(work, remedy.inspection_id)
    closed = remedy.close(work.today, wanted.evidence, wanted.explanation)
    event = RemedyClosed(
        remedy_id=closed.id,
        finding_id=closed.finding_id,
        school=closed.school,
        due_on=closed.due_on,
        closed_on=work.today,
        late_working_days=work.calendar.late(closed.due_on, work.today),
        version=closed.version,
    )
    closed = tell(work, closed, event)
    work.remedies.save(closed)
    finding = work.findings.alone(closed.finding_id, work.actor)
    if finding is not None and finding.state != "remedied":
        work.findings.save(finding.remedied())
    work.audit(
        "close_remedy",
        str(closed.id),
        school=closed.school,
        before={"state": remedy.state},
        after={"state": closed.state, "closed_on": work.today.isoformat()},
    )
    return show_remedies(work, [closed])[0]


def _require_charge(work: InspectionsUnitOfWork, inspection_id: object) -> None:
    """Who may not decide about the inspection has nothing to say about its remedies either."""
    c = work.inspections.table.c
    work.inspections.where(c.id == inspection_id)[0].require_charge(work.side)
