"""A report on its way to a numbered document, as its people write it."""

import base64
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.problems import Problem
from contracts.rpc import documents as m
from contracts.rpc import preparing as p
from contracts.rpc.base import Actor
from reports.application import documents, issuing, preparing
from tests.storage.reports.conftest import CLERK, HEAD, Room
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL

TITLES = {
    "ubnd-mau": "Ủy ban nhân dân Quận Mẫu",
    "phong-mau": "Phòng Giáo dục và Đào tạo Quận Mẫu",
    "ubnd-phuong": "Ủy ban nhân dân Phường Mẫu",
}


# A text for each part of what the periodic report has to hold.
TEXTS = ("Đã làm.", "", "Không.\nCòn thiếu.", "Tiếp tục.", "Không.")
BOTH = (SCHOOL, OTHER)
DAY = date(2024, 3, 15)


def take_back(room: Room, obligation_id: UUID) -> None:
    """Give an approved report back to its writer."""
    with room.call(HEAD.model_copy(update={"schools": BOTH})) as work:
        found = work.preparations.get(obligation_id)
        if found is not None and found.stage == "approved":
            request = p.GiveBackDraft(obligation_id=obligation_id, reason="Soạn lại")
            preparing.give_back_draft(work, request)


def approve(room: Room, obligation_id: UUID, actor: Actor = HEAD) -> None:
    """Let a report be approved, unless it is."""
    with room.call(actor.model_copy(update={"schools": BOTH})) as work:
        found = work.preparations.get(obligation_id)
        if found is not None and found.stage == "approved":
            return
        if found is None:
            preparing.begin_draft(work, p.BeginDraft(obligation_id=obligation_id))
        preparing.hand_in_draft(work, p.HandInDraft(obligation_id=obligation_id))
        preparing.approve_draft(work, p.ApproveDraft(obligation_id=obligation_id))


def compose(room: Room, school: str = SCHOOL, **other: Any) -> m.Document:
    """Write the draft; what was approved is taken back for it."""
    take_back(room, other.get("obligation_id", room.quarter(school).obligation_id))
    said: dict[str, Any] = {
        "obligation_id": room.quarter(school).obligation_id,
        "place": "Quận Mẫu",
        "issued_on": DAY,
        "signer": "Nguyễn Thí Dụ",
        "texts": TEXTS,
        "units": TITLES,
    }
    clerk = CLERK.model_copy(update={"schools": (school,)})
    with room.call(clerk) as work:
        return documents.compose_document(work, m.ComposeDocument(**(said | other)))


def number(room: Room, document_id: UUID, entered: int = 5, **other: Any) -> m.Document:
    """Approve the report and issue its document."""
    actor = CLERK.model_copy(update={"schools": BOTH})
    with room.call(actor) as work:
        asked = documents.get_document(work, m.GetDocument(document_id=document_id))
    approve(room, asked.obligation_id)
    return enter(room, document_id, entered, **other)


def enter(room: Room, document_id: UUID, entered: int = 5, **other: Any) -> m.Document:
    """Enter the register's number, as the clerk does."""
    said = {"document_id": document_id, "number": entered, "issued_on": DAY, "units": TITLES}
    request = m.NumberDocument(**(said | other))
    actor = CLERK.model_copy(update={"schools": BOTH})
    with room.call(actor) as work:
        made_of = issuing.to_issue(work, request)
    docx = issuing.produce(made_of)
    with room.call(actor) as work:
        return issuing.issue(work, made_of, docx)


def file(room: Room, document_id: UUID, kind: m.FileKind = "docx", actor: Actor = CLERK) -> bytes:
    with room.call(actor) as work:
        found = issuing.to_give_out(work, m.GetDocumentFile(document_id=document_id, format=kind))
    if isinstance(found, m.DocumentFile):
        return base64.b64decode(found.content)
    return issuing.produce(found)


def refusal(command: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as refused:
        command()
    return refused.value


def approve_handed_in(room: Room, report: UUID) -> None:
    with room.call(HEAD) as work:
        preparing.approve_draft(work, p.ApproveDraft(obligation_id=report))
