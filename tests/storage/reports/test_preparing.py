"""A report inside its school: begun, handed in, given back, approved, sent with its file."""

import base64
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from chassis.audit import audit_entries
from contracts.events.reports import ReportSubmitted, ReportWithdrawn
from contracts.problems import Problem
from contracts.rpc import obligations as o
from contracts.rpc import preparing as m
from contracts.rpc.base import Actor
from reports.application import authorities, preparing
from tests.storage.reports.conftest import (
    CLERK,
    DEPUTY,
    HEAD,
    OFFICER,
    VIETNAM,
    Room,
)
from tests.storage.reports.steps import (
    PDF,
    approve,
    at,
    authorise,
    begin,
    give_back,
    hand_in,
    record,
    seen_by,
    withdraw,
)
from tests.storage.reports.test_submitting import code_of


@pytest.fixture
def report(room: Room) -> UUID:
    """What the school has to send by 18 March 2024; it is 15 March."""
    room.clock.move(date(2024, 3, 15))
    return room.quarter().obligation_id


def test_from_the_writer_to_the_authority(room: Room, report: UUID) -> None:
    assert code_of(lambda: room.submit(report, CLERK)) == "reports.not_approved"
    begun = begin(room, report).preparation
    assert begun is not None
    assert (begun.stage, begun.writer) == ("drafting", CLERK.display_name)
    assert code_of(lambda: room.submit(report, CLERK)) == "reports.not_approved"
    assert hand_in(room, report).stage == "awaiting_approval"
    assert code_of(lambda: room.submit(report, CLERK)) == "reports.not_approved"
    back = give_back(room, report).preparation
    assert back is not None
    assert (back.stage, back.note) == ("drafting", "Bổ sung mục II")
    hand_in(room, report)
    approved = approve(room, report).preparation
    assert approved is not None
    assert (approved.stage, approved.approved_by) == ("approved", HEAD.display_name)
    assert (approved.in_place, approved.approved_at, approved.note) == (False, at(15), "")
    assert room.submit(report, CLERK).state == "submitted_on_time"
    history = seen_by(room, HEAD, report).history
    steps = [(step.what, step.by_role, step.note) for step in history if step.by_role != "system"]
    assert steps == [
        ("draft_begun", "clerk", ""),
        ("handed_in", "clerk", "Kính trình"),
        ("given_back", "principal", "Bổ sung mục II"),
        ("handed_in", "clerk", "Kính trình"),
        ("approved", "principal", ""),
        ("submitted", "clerk", "Gửi qua trục liên thông"),
    ]


def test_what_the_school_says_to_itself_is_told_to_nobody_outside(room: Room, report: UUID) -> None:
    begin(room, report)
    hand_in(room, report)
    give_back(room, report)
    outside = seen_by(room, OFFICER, report)
    assert (outside.stage, outside.preparation) == (None, None)
    assert "mục II" not in outside.model_dump_json()
    assert {one.stage for one in room.listed(OFFICER)} == {None}
    assert "drafting" in {one.stage for one in room.listed(CLERK)}


def test_each_step_has_its_turn(room: Room, report: UUID) -> None:
    assert code_of(lambda: hand_in(room, report)) == "reports.not_drafting"
    assert code_of(lambda: approve(room, report)) == "reports.not_handed_in"
    assert code_of(lambda: give_back(room, report)) == "reports.not_handed_in"
    begin(room, report)
    assert code_of(lambda: begin(room, report, HEAD)) == "reports.draft_begun"
    assert code_of(lambda: approve(room, report)) == "reports.not_handed_in"
    assert code_of(lambda: give_back(room, report)) == "reports.not_handed_in"
    hand_in(room, report)
    assert code_of(lambda: hand_in(room, report)) == "reports.not_drafting"
    room.submit(report)
    steps: tuple[Callable[[Room, UUID], o.ObligationDetail], ...] = (
        begin,
        hand_in,
        approve,
        give_back,
    )
    for step in steps:
        assert code_of(partial(step, room, report)) == "reports.already_submitted"


def test_of_two_writers_at_once_one_begins(room: Room, report: UUID) -> None:
    def write(_: int) -> str:
        try:
            return begin(room, report).stage or ""
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(write, range(6)))
    assert outcomes == ["drafting"] + ["reports.draft_begun"] * 5


def test_a_deputy_signs_in_place_when_authorised_and_only_then(room: Room, report: UUID) -> None:
    begin(room, report)
    hand_in(room, report)
    assert code_of(lambda: approve(room, report, DEPUTY)) == "reports.not_authorised"
    assert code_of(lambda: room.submit(report, DEPUTY)) == "reports.not_approved"
    authorise(room, date(2024, 3, 16), date(2024, 3, 17))
    assert code_of(lambda: approve(room, report, DEPUTY)) == "reports.not_authorised"
    other = DEPUTY.model_copy(update={"account_id": uuid4()})
    given = authorise(room, date(2024, 3, 15), date(2024, 3, 15))
    assert code_of(lambda: approve(room, report, other)) == "reports.not_authorised"
    found = approve(room, report, DEPUTY).preparation
    assert found is not None
    assert (found.in_place, found.approved_role) == (True, "deputy")
    sent = room.submit(report, CLERK)
    assert seen_by(room, HEAD, report).history[-1].params["in_place"] == "KT."
    assert sent.state == "submitted_on_time"

    with room.call(HEAD) as work:
        ended = authorities.end_signing_authority(
            work, m.EndSigningAuthority(authority_id=given.authority_id)
        )
    assert ended.ended_at == at(15)
    with room.call(HEAD) as work, pytest.raises(Problem, match=r"reports\.authority_ended"):
        authorities.end_signing_authority(
            work, m.EndSigningAuthority(authority_id=given.authority_id)
        )


def test_an_ended_authority_holds_no_more(room: Room, report: UUID) -> None:
    given = authorise(room, date(2024, 3, 1), date(2024, 3, 31))
    with room.call(HEAD) as work:
        authorities.end_signing_authority(
            work, m.EndSigningAuthority(authority_id=given.authority_id)
        )
    assert code_of(lambda: room.submit(report, DEPUTY)) == "reports.not_approved"


@pytest.mark.parametrize(
    ("first", "last"), [(date(2024, 3, 20), date(2024, 3, 19)), (date(2024, 3, 1),) * 2]
)
def test_an_authority_has_days_that_can_be(
    room: Room, report: UUID, first: date, last: date
) -> None:
    assert report
    assert code_of(lambda: authorise(room, first, last)) == "reports.authority_dates"


@pytest.mark.parametrize("way_back", [withdraw, Room.give_back])
def test_what_came_back_is_approved_anew(
    room: Room, report: UUID, way_back: Callable[[Room, UUID], o.ObligationDetail]
) -> None:
    begin(room, report)
    hand_in(room, report)
    approve(room, report)
    room.submit(report, CLERK)
    room.clock.move(date(2024, 3, 20))
    back = way_back(room, report)
    assert (back.state, back.withdrawn) == ("returned", way_back is withdraw)
    assert back.submitted_on == date(2024, 3, 15)
    assert code_of(lambda: room.submit(report, CLERK)) == "reports.not_approved"
    hand_in(room, report)
    approve(room, report)
    again = room.submit(report, CLERK)
    assert (again.state, again.withdrawn, again.late_working_days) == ("resubmitted", False, 0)
    assert [sent.late_working_days for sent in again.submitted] == [0, 2]


def test_only_what_nobody_received_is_withdrawn(room: Room, report: UUID) -> None:
    assert code_of(lambda: withdraw(room, report)) == "reports.not_submitted"
    room.submit(report)
    withdrawn = withdraw(room, report)
    assert withdrawn.history[-1].note == "Nhầm biểu số 1"
    (told,) = room.told(ReportWithdrawn.name)
    assert told.data["withdrawn_on"] == "2024-03-15"
    assert "Nhầm" not in str(told.data)
    room.submit(report)
    room.receive(report)
    assert code_of(lambda: withdraw(room, report)) == "reports.already_received"


def test_a_signed_file_counts_from_the_moment_it_was_sent(room: Room, report: UUID) -> None:
    room.tick(date(2024, 3, 20))
    assert room.quarter().state == "overdue"
    done = record(room, report, at(18, 16))
    assert (done.state, done.late_working_days) == ("submitted_on_time", 0)
    (sent,) = done.submitted
    assert (sent.submitted_at, sent.submitted_on) == (at(18, 16), date(2024, 3, 18))
    assert sent.signed_file is not None
    assert sent.signed_file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (sent.signed_file.sent_at, sent.signed_file.recorded_at) == (at(18, 16), at(20))
    (told,) = room.told(ReportSubmitted.name)
    assert (told.data["submitted_on"], told.data["late_working_days"]) == ("2024-03-18", 0)
    with room.call(OFFICER) as work:
        file = preparing.get_signed_file(work, m.GetSignedFile(obligation_id=report, number=1))
    assert base64.b64decode(file.content) == PDF
    with room.engine.connect() as connection:
        row = connection.execute(select(audit_entries).order_by(audit_entries.c.id)).all()[-1]
    assert (row.action, row.after["sha256"]) == ("report.sent_by_e_office", sent.signed_file.sha256)


def test_a_file_of_a_stranger_is_not_found(room: Room, report: UUID) -> None:
    record(room, report, at(15, 7))
    stranger = OFFICER.model_copy(update={"schools": ("con-thuyen-la",)})

    def read(actor: Actor, number: int) -> None:
        with room.call(actor) as work:
            preparing.get_signed_file(work, m.GetSignedFile(obligation_id=report, number=number))

    assert code_of(lambda: read(stranger, 1)) == "resource.not_found"
    assert code_of(lambda: read(OFFICER, 2)) == "resource.not_found"


def test_nothing_is_sent_twice(room: Room, report: UUID) -> None:
    def send(number: int) -> str:
        try:
            return record(room, report, at(15, 7), PDF + b"%d %%%%EOF" % number).state
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(send, range(4)))
    assert outcomes == ["reports.already_submitted"] * 3 + ["submitted_on_time"]
    assert code_of(lambda: room.submit(report)) == "reports.already_submitted"
    assert len(room.told(ReportSubmitted.name)) == 1

    other = room.listed(HEAD, kind="cchc_result", period="2024-q1")[0].obligation_id
    content = base64.b64decode(signed(room, report))
    assert code_of(lambda: record(room, other, at(15, 7), content)) == "reports.file_sent_before"
    assert len(room.told(ReportSubmitted.name)) == 1, "and nothing of it stays"
    assert room.listed(HEAD, kind="cchc_result", period="2024-q1")[0].submissions == 0


def signed(room: Room, report: UUID) -> str:
    with room.call(HEAD) as work:
        wanted = m.GetSignedFile(obligation_id=report, number=1)
        return preparing.get_signed_file(work, wanted).content


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 a Word file", b"%PDF-1.7 cut off", b"MZ" + b"\0" * 2000 + PDF]
)
def test_only_a_whole_pdf_is_taken(room: Room, report: UUID, content: bytes) -> None:
    assert code_of(lambda: record(room, report, at(15, 7), content)) == "reports.file_not_pdf"


def test_the_moment_of_sending_can_be(room: Room, report: UUID) -> None:
    for moment in (room.clock() + timedelta(seconds=1), datetime(2023, 12, 14, tzinfo=VIETNAM)):
        assert code_of(partial(record, room, report, moment)) == "reports.sent_at_impossible"
    record(room, report, at(15, 7))
    room.clock.move(date(2024, 3, 20))
    room.give_back(report)
    room.clock.move(date(2024, 3, 21))
    again = PDF + b"2 %%EOF"
    before_the_return = at(20, 7)
    refused = code_of(lambda: record(room, report, before_the_return, again))
    assert refused == "reports.sent_at_impossible"
    assert record(room, report, at(20, 9), again).state == "resubmitted"
