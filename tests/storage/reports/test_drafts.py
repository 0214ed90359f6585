"""Drafts fill themselves from events, open to their origin, and keep what a hand changed."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from chassis.audit import audit_entries
from contracts.envelope import Envelope
from contracts.events import inspections as i
from contracts.problems import Problem
from contracts.rpc import drafts as m
from contracts.rpc.base import Actor
from reports.application import drafting
from tests.storage.reports.conftest import CLERK, HEAD, VIETNAM, Room
from tests.storage.reports.steps import approve, begin, give_back, hand_in
from tests.storage.reports.test_submitting import code_of
from tests.support.reports import closed
from tests.support.schools import SCHOOL

PETITION, HIDDEN = uuid4(), uuid4()


def received(petition_id: UUID, *, concerns_head: bool = False) -> i.PetitionReceived:
    return i.PetitionReceived.model_validate(
        {
            "petition_id": petition_id,
            "school": SCHOOL,
            "kind": "petition",
            "about_procedures": True,
            "concerns_head": concerns_head,
            "received_on": date(2024, 2, 20),
            "due_on": date(2024, 3, 12),
            "version": 1,
        }
    )


def answered() -> i.PetitionAnswered:
    return i.PetitionAnswered.model_validate(
        {
            "petition_id": PETITION,
            "school": SCHOOL,
            "answered_on": date(2024, 3, 13),
            "late_working_days": 1,
            "version": 2,
        }
    )


@pytest.fixture
def report(room: Room) -> UUID:
    """The report of the first quarter, with a petition answered late and a survey behind it."""
    room.clock.move(date(2024, 3, 15))
    room.hear(
        received(PETITION),
        received(HIDDEN, concerns_head=True),
        closed(valid=120, satisfied=114),
        at=datetime(2024, 2, 20, 9, tzinfo=VIETNAM),
    )
    room.hear(answered(), at=datetime(2024, 3, 13, 9, tzinfo=VIETNAM))
    return room.quarter().obligation_id


def draft(room: Room, report: UUID, actor: Actor = CLERK) -> m.Draft:
    with room.call(actor) as work:
        return drafting.get_draft(work, m.GetDraft(obligation_id=report))


def figure(room: Room, report: UUID, code: str) -> m.DraftFigure:
    return next(one for one in draft(room, report).figures if one.code == code)


def origin(room: Room, report: UUID, code: str) -> m.FigureOrigin:
    with room.call(CLERK) as work:
        request = m.GetFigureOrigin(obligation_id=report, figure=code)
        return drafting.get_figure_origin(work, request)


def correct(room: Room, report: UUID, code: str, value: float | None) -> m.Draft:
    with room.call(CLERK) as work:
        return drafting.correct_figure(
            work,
            m.CorrectFigure(
                obligation_id=report, figure=code, value=value, reason="Một đơn nhận bằng giấy"
            ),
        )


def correct_to_one(room: Room, report: UUID, code: str) -> m.Draft:
    return correct(room, report, code, 1.0)


def test_figures_come_from_events(room: Room, report: UUID) -> None:
    found = {one.code: one.value for one in draft(room, report).figures}
    assert found["satisfaction.tthc"] == 95.0
    assert found["answers.tthc"] == 123
    assert found["satisfaction.care"] is None
    assert found["answers.care"] is None
    assert found["petitions.received"] == 1, "what concerns the head is not told in the school"
    assert (found["petitions.answered"], found["petitions.answered_late"]) == (1, 1)
    assert found["petitions.waiting"] == 0


def test_a_figure_opens_the_events_that_it_came_from(room: Room, report: UUID) -> None:
    found = origin(room, report, "petitions.answered_late")
    assert found.matters == 1
    assert [(event.name, event.on) for event in found.events] == [
        ("inspections.petition_received", date(2024, 2, 20)),
        ("inspections.petition_answered", date(2024, 3, 13)),
    ]
    assert {event.matter_id for event in found.events} == {PETITION}
    survey = origin(room, report, "satisfaction.tthc")
    assert [event.name for event in survey.events] == ["surveys.campaign_closed"]


def test_an_event_that_is_learnt_again_stands_once(room: Room, report: UUID) -> None:
    before = origin(room, report, "petitions.received")
    told = before.events[0]
    envelope = Envelope(
        id=told.event_id,
        source="/kipthoi/inspections",
        type=told.name,
        time=room.clock(),
        correlationid=told.correlation_id,
        data={},
    )
    with room.call() as work:
        work.drafts.learn_origin(envelope, PETITION)
    assert origin(room, report, "petitions.received") == before


def test_timeliness_opens_what_reports_told_itself(room: Room, report: UUID) -> None:
    room.tick(date(2024, 3, 15))
    room.submit(report)
    half = room.listed(HEAD, kind="cchc_result", period="2024-h1")[0].obligation_id
    found = origin(room, half, "reports.on_time")
    assert found.matters == 1
    assert "reports.report_submitted" in {event.name for event in found.events}
    assert {event.matter_id for event in found.events} == {report}


def test_the_last_period_stands_beside_this_one(room: Room, report: UUID) -> None:
    second = room.listed(HEAD, kind="periodic", period="2024-q2")[0].obligation_id
    found = figure(room, second, "petitions.received")
    assert (found.value, found.previous, found.difference) == (0, 1, -1)
    first = figure(room, report, "petitions.received")
    assert (first.previous, first.difference) == (None, None), "nobody was here: that is no 0"
    begin(room, report)
    correct(room, report, "petitions.received", 3)
    assert figure(room, second, "petitions.received").previous == 3


def test_a_hand_keeps_both_values_and_the_reason(room: Room, report: UUID) -> None:
    assert code_of(lambda: correct(room, report, "petitions.received", 2)) == (
        "reports.not_drafting"
    )
    begin(room, report)
    correct(room, report, "petitions.received", 2)
    found = figure(room, report, "petitions.received")
    assert (found.computed, found.value) == (1, 2)
    assert found.by_hand is not None
    assert (found.by_hand.value, found.by_hand.computed) == (2, 1)
    assert (found.by_hand.reason, found.by_hand.by_name) == (
        "Một đơn nhận bằng giấy",
        CLERK.display_name,
    )
    correct(room, report, "petitions.received", None)
    back = figure(room, report, "petitions.received")
    assert (back.value, back.by_hand) == (1, None)
    assert [one.value for one in back.corrections] == [2], "nothing is forgotten"
    with room.engine.connect() as connection:
        rows = connection.execute(select(audit_entries).order_by(audit_entries.c.id)).all()
    changed = [row.after["value"] for row in rows if row.action == "report.figure_corrected"]
    assert changed == [2, 1]
    assert "giấy" not in str(rows)


def test_what_is_approved_stands_still_until_it_comes_back(room: Room, report: UUID) -> None:
    begin(room, report)
    hand_in(room, report)
    approve(room, report)
    assert draft(room, report).frozen_at == room.clock()
    late = received(uuid4())
    room.hear(late)
    assert figure(room, report, "petitions.received").value == 1
    assert code_of(lambda: correct(room, report, "petitions.received", 2)) == (
        "reports.draft_closed"
    )
    give_back(room, report)
    assert draft(room, report).frozen_at is None
    assert figure(room, report, "petitions.received").value == 2


def test_what_is_sent_stands_still(room: Room, report: UUID) -> None:
    room.submit(report)
    room.hear(received(uuid4()))
    assert figure(room, report, "petitions.received").value == 1
    room.give_back(report)
    assert figure(room, report, "petitions.received").value == 2


@pytest.mark.parametrize("ask", [origin, correct_to_one])
def test_an_unknown_figure_is_refused(
    room: Room, report: UUID, ask: Callable[[Room, UUID, str], object]
) -> None:
    begin(room, report)
    assert code_of(lambda: ask(room, report, "petitions.lost")) == "reports.unknown_figure"


def test_a_foreign_draft_is_not_found(room: Room, report: UUID) -> None:
    stranger = HEAD.model_copy(update={"schools": ("con-thuyen-la",)})
    with pytest.raises(Problem, match=r"resource\.not_found"):
        draft(room, report, stranger)
