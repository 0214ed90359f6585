"""What people do with an obligation: submit, withdraw, receive, return, exempt."""

from dataclasses import replace
from uuid import UUID

from contracts.events.reports import ReportReceived, ReportReturned, ReportWithdrawn
from contracts.problems import Problem
from contracts.rpc import obligations as m
from contracts.rpc.preparing import WithdrawReport
from reports.application import approving
from reports.application.sending import done, keep_and_tell, send
from reports.domain.obligations import Obligation
from reports.storage.unit_of_work import ReportsUnitOfWork


def submit_report(work: ReportsUnitOfWork, request: m.SubmitReport) -> m.ObligationDetail:
    """Submit for the first time, or again after a return; of two at once one wins."""
    before = locked(work, request.obligation_id)
    before.check_submit()
    in_place = approving.approve_by_sending(work, before)
    more = {"in_place": "KT."} if in_place else {}
    after = send(work, before, work.now, request.note, holds=request.holds, more=more)
    return done(work, "submitted", before, after)


def withdraw_report(work: ReportsUnitOfWork, request: WithdrawReport) -> m.ObligationDetail:
    """The school takes its report back before it is received; the first submission stays."""
    before = locked(work, request.obligation_id)
    before.check_judge()
    event = ReportWithdrawn(
        obligation_id=before.obligation_id,
        school=before.school,
        kind=before.kind,
        withdrawn_on=work.today,
        version=before.version + 1,
    )
    approving.begin_anew(work, before.obligation_id)
    changed = replace(before, state="returned", withdrawn=True)
    return keep_and_tell(work, before, changed, event, "withdrawn", note=request.reason)


def receive_report(work: ReportsUnitOfWork, request: m.ReceiveReport) -> m.ObligationDetail:
    """The authority takes the report."""
    before = locked(work, request.obligation_id)
    before.check_judge()
    changed = replace(before, state="received", received_on=work.today)
    event = ReportReceived(
        obligation_id=before.obligation_id,
        school=before.school,
        kind=before.kind,
        received_on=work.today,
        version=before.version + 1,
    )
    return keep_and_tell(work, before, changed, event, "received")


def return_report(work: ReportsUnitOfWork, request: m.ReturnReport) -> m.ObligationDetail:
    """The authority gives the report back with a reason; the first submission stays."""
    before = locked(work, request.obligation_id)
    before.check_judge()
    event = ReportReturned(
        obligation_id=before.obligation_id,
        school=before.school,
        kind=before.kind,
        returned_on=work.today,
        version=before.version + 1,
    )
    approving.begin_anew(work, before.obligation_id)
    changed = replace(before, state="returned", withdrawn=False)
    return keep_and_tell(work, before, changed, event, "returned", note=request.reason)


def exempt_obligation(work: ReportsUnitOfWork, request: m.ExemptObligation) -> m.ObligationDetail:
    """Nothing is owed any more, with a reason."""
    before = locked(work, request.obligation_id)
    before.check_exempt()
    changed = replace(before, state="exempt", next_turn_on=None)
    return keep_and_tell(work, before, changed, None, "exempted", note=request.reason)


def locked(work: ReportsUnitOfWork, obligation_id: UUID) -> Obligation:
    """Return an obligation in the actor's scope, locked; raises `resource.not_found`."""
    obligation = work.obligations.get(obligation_id, work.actor, lock=True)
    if obligation is None:
        raise Problem("resource.not_found")
    return obligation
