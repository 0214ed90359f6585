"""An inspection is carried out: what was not met becomes findings."""

from uuid import uuid4

from contracts.events.inspections import FindingRecorded, InspectionCompleted
from contracts.rpc import inspections as messages
from inspections.application.chains import take_step, tell
from inspections.application.detail import show_detail
from inspections.application.inspecting import locked
from inspections.domain.checklist import Checklist, Unmet, judge_results
from inspections.domain.finding import Finding
from inspections.domain.inspection import Inspection
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def complete_inspection(
    work: InspectionsUnitOfWork, wanted: messages.CompleteInspection
) -> messages.InspectionDetail:
    """Take over the results of the checklist that holds today."""
    before = locked(work, wanted)
    checklist = work.standards.checklist(work.today)
    done = before.complete(work.side, work.today, checklist.version)
    unmet = judge_results(checklist, wanted.results)
    event = InspectionCompleted(
        inspection_id=done.id,
        school=done.school,
        kind=done.kind,
        completed_on=work.today,
        checked=len(wanted.results),
        failed=len(unmet),
        version=done.version,
    )
    done = tell(work, done, event)
    work.inspections.save(done)
    work.history.add_items(done.id, wanted.results)
    for one in unmet:
        _record(work, done, checklist, one)
    take_step(work, done, "completed")
    work.audit(
        "complete_inspection",
        str(done.id),
        school=done.school,
        before={"state": before.state},
        after={"state": done.state, "failed": [one.item for one in unmet]},
    )
    return show_detail(work, done)


def _record(
    work: InspectionsUnitOfWork, inspection: Inspection, checklist: Checklist, unmet: Unmet
) -> None:
    term = checklist.term(unmet.severity)
    finding = Finding(
        id=uuid4(),
        school=inspection.school,
        handled_at=inspection.handled_at,
        state="urgent" if term.urgent else "recorded",
        due_from=work.today,
        working_days=term.working_days,
        due_on=work.calendar.add(work.today, term.working_days),
        correlation_id=inspection.correlation_id,
        last_event_id=inspection.last_event_id,
        version=1,
        inspection_id=inspection.id,
        item=unmet.item,
        kind=unmet.kind,
        severity=unmet.severity,
        note=unmet.note,
        explanation_required=term.explanation_required,
    )
    event = FindingRecorded(
        finding_id=finding.id,
        inspection_id=inspection.id,
        school=finding.school,
        item=finding.item,
        severity=finding.severity,
        found_on=work.today,
    )
    work.findings.add(tell(work, finding, event))
