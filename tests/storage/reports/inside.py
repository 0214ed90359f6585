"""A report that went its whole way inside its school, and what stays there."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from contracts.rpc import documents as doc
from contracts.rpc import drafts as dr
from contracts.rpc import preparing as p
from contracts.rpc import requests as r
from reports.application import (
    documents,
    drafting,
    issuing,
    preparing,
    requesting,
)
from tests.storage.reports.conftest import CLERK, EVERY_PART, HEAD, OFFICER, VIETNAM, Room
from tests.storage.reports.papers import TEXTS, TITLES
from tests.storage.reports.steps import PDF
from tests.support.schools import SCHOOL

NAME: Final = "Riêng Tư"
INSIDE: Final = "chuyện trong trường"
SIGNER: Final = "Đỗ Ký Tên"
WRITER = CLERK.model_copy(update={"display_name": f"Lê {NAME}"})
PRINCIPAL = HEAD.model_copy(update={"display_name": f"Trần {NAME}"})


@dataclass(frozen=True)
class Place:
    """What there is to look at: a report that was sent, one that is owed, a request."""

    sent: UUID
    owed: UUID
    chain: UUID
    document: UUID
    request: UUID


def whole_way(room: Room) -> Place:
    """A report that went its whole way inside the school, with words that stay there."""
    room.clock.move(date(2024, 3, 15))
    sent = room.quarter().obligation_id
    (owed,) = room.listed(kind="cchc_result", period="2024-q1")
    with room.call(WRITER) as work:
        preparing.begin_draft(work, p.BeginDraft(obligation_id=sent))
    with room.call(WRITER) as work:
        figure = dr.CorrectFigure(
            obligation_id=sent, figure="petitions.received", value=7, reason=INSIDE
        )
        drafting.correct_figure(work, figure)
    with room.call(WRITER) as work:
        composed = documents.compose_document(
            work,
            doc.ComposeDocument(
                obligation_id=sent,
                place="Quận Mẫu",
                issued_on=date(2024, 3, 15),
                signer=SIGNER,
                texts=TEXTS,
                units=TITLES,
            ),
        )
    for turn in range(2):
        with room.call(WRITER) as work:
            preparing.hand_in_draft(work, p.HandInDraft(obligation_id=sent, note=INSIDE))
        if turn == 0:
            with room.call(PRINCIPAL) as work:
                back = p.GiveBackDraft(obligation_id=sent, reason=INSIDE)
                preparing.give_back_draft(work, back)
    with room.call(PRINCIPAL) as work:
        preparing.approve_draft(work, p.ApproveDraft(obligation_id=sent))
    entry = doc.NumberDocument(
        document_id=composed.document_id, number=5, issued_on=date(2024, 3, 15), units=TITLES
    )
    with room.call(WRITER) as work:
        made_of = issuing.to_issue(work, entry)
    docx = issuing.produce(made_of)
    with room.call(WRITER) as work:
        issuing.issue(work, made_of, docx)
    with room.call(WRITER) as work:
        preparing.record_sent(
            work,
            p.RecordSent(
                obligation_id=sent,
                sent_at=datetime(2024, 3, 15, 8, tzinfo=VIETNAM),
                file_name="12-BC-MNHC.pdf",
                content=base64.b64encode(PDF).decode(),
                holds=EVERY_PART,
            ),
        )
    with room.call(OFFICER) as work:
        asked = requesting.make_request(work, asked_for())
    with room.call(WRITER) as work:
        answer = r.AnswerRequest(request_id=asked.request_id, school=SCHOOL, values={"c1": 3})
        requesting.answer_request(work, answer)
    return Place(
        sent,
        owed.obligation_id,
        room.quarter().correlation_id,
        composed.document_id,
        asked.request_id,
    )


def asked_for() -> r.MakeRequest:
    return r.MakeRequest(
        title="Số trẻ nghỉ ốm",
        legal_basis="Công văn (mẫu)",
        due_on=date(2024, 3, 29),
        schools=(SCHOOL,),
        fields=(r.RequestField(code="c1", label="Số trẻ", kind="number"),),
    )
