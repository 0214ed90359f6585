"""What people do with an obligation: submit, receive, return, exempt."""

from dataclasses import replace
from uuid import UUID

from contracts.events import Event
from contracts.events.reports import ReportReceived, ReportReturned, ReportSubmitted
from contracts.problems import Problem
from contracts.rpc import obligations as m
from reports.application import changes, turning
from reports.application.questions import detail
from reports.domain.obligations import Obligation, state_of_submission
from reports.storage.unit_of_work import ReportsUnitOfWork


def submit_report(work: ReportsUnitOfWork, request: m.SubmitReport) -> m.ObligationDetail:
    """Submit for the first time, or again after a return; of two at once one wins."""
    before = _locked(work, request.obligation_id)
    before.check_submit()
    ready = turning.catch_up(work, before)
    number, late = ready.submissions + 1, work.calendar.late(ready.due_on, work.today)
    work.chronicle.submit(
        ready.obligation_id, number, at=work.now, late=late, actor=work.actor, note=request.note
    )
    changed = replace(
        ready,
        state=state_of_submission(number, late),
        next_turn_on=None,
        submissions=number,
    )
    if number == 1:  # the first submission counts for good
        changed = replace(
            changed, submitted_at=work.now, submitted_on=work.today, late_working_days=late
        )
    event = ReportSubmitted(
        obligation_id=ready.obligation_id,
        school=ready.school,
        kind=ready.kind,
        submission=number,
        submitted_on=work.today,
        due_on=ready.due_on,
        late_working_days=late,
        version=ready.version + 1,
    )
    params = {"submission": str(number), "late_working_days": str(late)}
    return _done(work, before, changed, event, "submitted", note=request.note, params=params)


def receive_report(work: ReportsUnitOfWork, request: m.ReceiveReport) -> m.ObligationDetail:
    """The authority takes the report."""
    before = _locked(work, request.obligation_id)
    before.check_judge()
    changed = replace(before, state="received", received_on=work.today)
    event = ReportReceived(
        obligation_id=before.obligation_id,
        school=before.school,
        kind=before.kind,
        received_on=work.today,
        version=before.version + 1,
    )
    return _done(work, before, changed, event, "received")


def return_report(work: ReportsUnitOfWork, request: m.ReturnReport) -> m.ObligationDetail:
    """The authority gives the report back with a reason; the first submission stays."""
    before = _locked(work, request.obligation_id)
    before.check_judge()
    event = ReportReturned(
        obligation_id=before.obligation_id,
        school=before.school,
        kind=before.kind,
        returned_on=work.today,
        version=before.version + 1,
    )
    changed = replace(before, state="returned")
    return _done(work, before, changed, event, "returned", note=request.reason)


def exempt_obligation(work: ReportsUnitOfWork, request: m.ExemptObligation) -> m.ObligationDetail:
    """Nothing is owed any more, with a reason."""
    before = _locked(work, request.obligation_id)
    before.check_exempt()
    changed = replace(before, state="exempt", next_turn_on=None)
    return _done(work, before, changed, None, "exempted", note=request.reason)


def _locked(work: ReportsUnitOfWork, obligation_id: UUID) -> Obligation:
    obligation = work.obligations.get(obligation_id, work.actor, lock=True)
    if obligation is None:
        raise Problem("resource.not_found")
    return obligation


def _done(
    work: ReportsUnitOfWork,
    before: Obligation,
    changed: Obligation,
    event: Event | None,
    what: str,
    *,
    note: str = "",
    params: dict[str, str] | None = None,
) -> m.ObligationDetail:
    after = changes.keep(work, changed, event, what, note=note, params=params)
    work.audit(
        f"report.{what}",
        str(after.obligation_id),
        school=after.school,
        before={"state": before.state, "submissions": before.submissions},
        after={"state": after.state, "submissions": after.submissions},
    )
    return detail(work, after)
