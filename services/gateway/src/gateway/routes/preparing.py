"""Reports inside their schools: draft, approval, signing in place, the signed file."""

import base64
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Path, Response
from pydantic import AwareDatetime

from contracts.days import Day
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import obligations as o
from contracts.rpc import preparing as m
from contracts.written import Long, Sentence, Short
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")
PDF = "application/pdf"
# A file of some megabytes travels through the broker.
FILE_SECONDS = 30.0


class Message(Model):
    """What the writer says to the head."""

    note: Long = ""


class Note(Model):
    """What the head, or the school, says."""

    reason: Sentence


class Sent(Model):
    """The signed report, a PDF in base64, when the e-office sent it, and what it holds."""

    sent_at: AwareDatetime
    file_name: Short
    content: m.FileContent
    note: o.Note = ""
    holds: m.Holds = ()


class Authority(Model):
    """The deputy's account, the first and the last day, and why."""

    deputy: UUID
    deputy_name: Short
    valid_from: Day
    valid_to: Day
    reason: Sentence


@router.post("/obligations/{obligation_id}/draft", tags=["reports"])
async def begin_draft(ask: Ask, obligation_id: UUID) -> o.ObligationDetail:
    """Begin to write the report."""
    wanted = m.BeginDraft(obligation_id=obligation_id)
    return await ask("reports", "begin_draft", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/hand-in", tags=["reports"])
async def hand_in_draft(
    ask: Ask, obligation_id: UUID, message: Message | None = None
) -> o.ObligationDetail:
    """Ask for approval."""
    note = "" if message is None else message.note
    wanted = m.HandInDraft(obligation_id=obligation_id, note=note)
    return await ask("reports", "hand_in_draft", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/give-back", tags=["reports"])
async def give_back_draft(ask: Ask, obligation_id: UUID, note: Note) -> o.ObligationDetail:
    """Give the draft back to its writer with a note."""
    wanted = m.GiveBackDraft(obligation_id=obligation_id, reason=note.reason)
    return await ask("reports", "give_back_draft", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/approve", tags=["reports"])
async def approve_draft(ask: Ask, obligation_id: UUID) -> o.ObligationDetail:
    """Approve as the principal, or in place as an authorised deputy."""
    wanted = m.ApproveDraft(obligation_id=obligation_id)
    return await ask("reports", "approve_draft", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/withdraw", tags=["reports"])
async def withdraw_report(ask: Ask, obligation_id: UUID, why: Note) -> o.ObligationDetail:
    """Take a report back that is not received yet; its first submission counts on."""
    wanted = m.WithdrawReport(obligation_id=obligation_id, reason=why.reason)
    return await ask("reports", "withdraw_report", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/e-office", tags=["reports"])
async def record_sent(ask: Ask, obligation_id: UUID, sent: Sent) -> o.ObligationDetail:
    """Record that the signed report went through the e-office: the file, and the moment."""
    wanted = m.RecordSent(
        obligation_id=obligation_id,
        sent_at=sent.sent_at,
        file_name=sent.file_name,
        content=sent.content,
        note=sent.note,
        holds=sent.holds,
    )
    patient_ask = ask.patient(FILE_SECONDS)
    return await patient_ask("reports", "record_sent", wanted, o.ObligationDetail)


@router.get(
    "/obligations/{obligation_id}/signed-files/{number}",
    tags=["reports"],
    response_class=Response,
    responses={200: {"content": {PDF: {}}, "description": "The signed report"}},
)
async def get_signed_file(
    ask: Ask, obligation_id: UUID, number: Annotated[int, Path(ge=1, le=1_000_000)]
) -> Response:
    """The signed file of a submission, as it was sent."""
    wanted = m.GetSignedFile(obligation_id=obligation_id, number=number)
    patient_ask = ask.patient(FILE_SECONDS)
    found = await patient_ask("reports", "get_signed_file", wanted, m.SignedFileContent)
    name = quote(found.file_name, safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(base64.b64decode(found.content), media_type=PDF, headers=headers)


@router.get("/schools/{school}/signing-authorities", tags=["reports"])
async def list_signing_authorities(ask: Ask, school: SchoolCode) -> m.SigningAuthorities:
    """Who signs, or signed, in place of the principal."""
    wanted = m.ListSigningAuthorities(school=school)
    return await ask("reports", "list_signing_authorities", wanted, m.SigningAuthorities)


@router.post("/schools/{school}/signing-authorities", tags=["reports"])
async def authorise_deputy(
    ask: Ask, school: SchoolCode, authority: Authority
) -> m.SigningAuthority:
    """Let a deputy sign in place (KT.) for some days."""
    wanted = m.AuthoriseDeputy(
        school=school,
        deputy=authority.deputy,
        deputy_name=authority.deputy_name,
        valid_from=authority.valid_from,
        valid_to=authority.valid_to,
        reason=authority.reason,
    )
    return await ask("reports", "authorise_deputy", wanted, m.SigningAuthority)


@router.post("/signing-authorities/{authority_id}/end", tags=["reports"])
async def end_signing_authority(ask: Ask, authority_id: UUID) -> m.SigningAuthority:
    """End an authority before its last day."""
    wanted = m.EndSigningAuthority(authority_id=authority_id)
    return await ask("reports", "end_signing_authority", wanted, m.SigningAuthority)
