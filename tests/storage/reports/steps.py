"""The steps of a report inside its school, as its people take them."""

import base64
from datetime import date, datetime
from uuid import UUID

from contracts.rpc import obligations as o
from contracts.rpc import preparing as m
from contracts.rpc.base import Actor
from reports.application import authorities, commands, preparing, questions
from tests.storage.reports.conftest import (
    CLERK,
    DEPUTY,
    EVERY_PART,
    HEAD,
    VIETNAM,
    Room,
)
from tests.support.schools import SCHOOL

PDF = b"%PDF-1.7\nb\xc3\xa1o c\xc3\xa1o (m\xe1\xba\xabu)\n%%EOF\n"


def begin(room: Room, report: UUID, actor: Actor = CLERK) -> o.ObligationDetail:
    with room.call(actor) as work:
        return preparing.begin_draft(work, m.BeginDraft(obligation_id=report))


def hand_in(room: Room, report: UUID) -> o.ObligationDetail:
    with room.call(CLERK) as work:
        return preparing.hand_in_draft(work, m.HandInDraft(obligation_id=report, note="Kính trình"))


def give_back(room: Room, report: UUID) -> o.ObligationDetail:
    with room.call(HEAD) as work:
        request = m.GiveBackDraft(obligation_id=report, reason="Bổ sung mục II")
        return preparing.give_back_draft(work, request)


def approve(room: Room, report: UUID, actor: Actor = HEAD) -> o.ObligationDetail:
    with room.call(actor) as work:
        return preparing.approve_draft(work, m.ApproveDraft(obligation_id=report))


def withdraw(room: Room, report: UUID) -> o.ObligationDetail:
    with room.call(HEAD) as work:
        request = m.WithdrawReport(obligation_id=report, reason="Nhầm biểu số 1")
        return commands.withdraw_report(work, request)


def record(
    room: Room, report: UUID, sent_at: datetime, content: bytes = PDF, actor: Actor = CLERK
) -> o.ObligationDetail:
    with room.call(actor) as work:
        request = m.RecordSent(
            obligation_id=report,
            sent_at=sent_at,
            file_name="12-BC-MNHC.pdf",
            content=base64.b64encode(content).decode(),
            holds=EVERY_PART,
        )
        return preparing.record_sent(work, request)


def authorise(room: Room, first: date, last: date, deputy: Actor = DEPUTY) -> m.SigningAuthority:
    assert deputy.account_id is not None
    with room.call(HEAD) as work:
        request = m.AuthoriseDeputy(
            school=SCHOOL,
            deputy=deputy.account_id,
            deputy_name=deputy.display_name,
            valid_from=first,
            valid_to=last,
            reason="Hiệu trưởng đi tập huấn",
        )
        return authorities.authorise_deputy(work, request)


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2024, 3, day, hour, tzinfo=VIETNAM)


def seen_by(room: Room, actor: Actor, report: UUID) -> o.ObligationDetail:
    with room.call(actor) as work:
        return questions.get_obligation(work, o.GetObligation(obligation_id=report))
