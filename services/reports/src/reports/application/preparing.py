"""A report inside its school: begun, handed in, given back, approved, sent with its file."""

import base64
import binascii
from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from chassis.clock import VIETNAM, local_day
from contracts.problems import Problem
from contracts.rpc import obligations as o
from contracts.rpc import preparing as m
from reports.application import approving
from reports.application.commands import locked
from reports.application.freezing import freeze
from reports.application.questions import detail
from reports.application.sending import done, send
from reports.domain.obligations import Obligation
from reports.domain.preparing import Preparation, check_pdf, check_sent_at
from reports.storage.chronicle import NewStep
from reports.storage.unit_of_work import ReportsUnitOfWork


def begin_draft(work: ReportsUnitOfWork, request: m.BeginDraft) -> o.ObligationDetail:
    """Make the actor the writer of a report that nobody prepares."""
    obligation = locked(work, request.obligation_id)
    obligation.check_submit()
    found = work.preparations.get(obligation.obligation_id)
    if found is not None:
        raise Problem("reports.draft_begun", writer=found.writer_name)
    begun = approving.begun(work, obligation.obligation_id)
    return _kept(work, obligation, None, begun, "draft_begun")


def hand_in_draft(work: ReportsUnitOfWork, request: m.HandInDraft) -> o.ObligationDetail:
    """Ask for approval."""
    obligation, found = _prepared(work, request.obligation_id, "reports.not_drafting")
    found.check_hand_in()
    changed = replace(found, stage="awaiting_approval", note="", handed_in_at=work.now)
    return _kept(work, obligation, found, changed, "handed_in", note=request.note)


def give_back_draft(work: ReportsUnitOfWork, request: m.GiveBackDraft) -> o.ObligationDetail:
    """Give it back to its writer with a note."""
    obligation, found = _prepared(work, request.obligation_id, "reports.not_handed_in")
    found.check_give_back()
    work.drafts.thaw(obligation.obligation_id)
    changed = approving.with_writer(found, request.reason)
    return _kept(work, obligation, found, changed, "given_back", note=request.reason)


def approve_draft(work: ReportsUnitOfWork, request: m.ApproveDraft) -> o.ObligationDetail:
    """Let it leave the school."""
    obligation, found = _prepared(work, request.obligation_id, "reports.not_handed_in")
    found.check_approve()
    changed = approving.approved(work, found, obligation.school)
    freeze(work, obligation)
    params = {"in_place": "KT."} if changed.in_place else {}
    return _kept(work, obligation, found, changed, "approved", params=params)


def record_sent(work: ReportsUnitOfWork, request: m.RecordSent) -> o.ObligationDetail:
    """Keep the signed file of a report that went through the e-office, and when it did."""
    before = locked(work, request.obligation_id)
    before.check_submit()
    content = _decoded(request.content)
    digest = check_pdf(content)
    check_sent_at(request.sent_at, _earliest(before), work.now)
    more = {"channel": "e_office", "sha256": digest, "file_name": request.file_name}
    after = send(work, before, request.sent_at, request.note, holds=request.holds, more=more)
    sent_before = work.signed_files.add(
        obligation_id=before.obligation_id,
        number=after.submissions,
        school=before.school,
        file_name=request.file_name,
        size_bytes=len(content),
        sha256=digest,
        content=content,
        sent_at=request.sent_at,
        recorded_at=work.now,
    )
    if sent_before is not None:
        raise Problem("reports.file_sent_before", sent_on=local_day(sent_before).isoformat())
    return done(work, "sent_by_e_office", before, after, {"sha256": digest})


def get_signed_file(work: ReportsUnitOfWork, request: m.GetSignedFile) -> m.SignedFileContent:
    """Return the file of one submission; raises `Problem`."""
    obligation = work.obligations.get(request.obligation_id, work.actor)
    if obligation is None:
        raise Problem("resource.not_found")
    found = work.signed_files.content(obligation.obligation_id, request.number)
    if found is None:
        raise Problem("resource.not_found")
    return m.SignedFileContent(
        file_name=found["file_name"],
        sha256=found["sha256"],
        content=base64.b64encode(found["content"]).decode("ascii"),
    )


def _prepared(
    work: ReportsUnitOfWork, obligation_id: UUID, otherwise: str
) -> tuple[Obligation, Preparation]:
    """Return a report that can still be changed, locked; `otherwise` when nobody prepares it."""
    obligation = locked(work, obligation_id)
    obligation.check_submit()
    found = work.preparations.get(obligation_id)
    if found is None:
        raise Problem(otherwise)
    return obligation, found


def _kept(
    work: ReportsUnitOfWork,
    obligation: Obligation,
    before: Preparation | None,
    after: Preparation,
    what: str,
    *,
    note: str = "",
    params: dict[str, str] | None = None,
) -> o.ObligationDetail:
    work.preparations.save(after)
    step = NewStep(obligation.obligation_id, what, work.now, work.actor, note, params or {})
    work.chronicle.add_steps([step])
    work.audit(
        f"report.{what}",
        str(obligation.obligation_id),
        school=obligation.school,
        before={"stage": None if before is None else before.stage},
        after={"stage": after.stage, "in_place": after.in_place},
    )
    return detail(work, obligation)


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise Problem("reports.file_not_pdf") from None


def _earliest(obligation: Obligation) -> datetime:
    """The period's beginning, or when the report came back."""
    if obligation.state == "returned":
        return obligation.changed_at
    return datetime.combine(obligation.period.starts_on, time(), VIETNAM)
