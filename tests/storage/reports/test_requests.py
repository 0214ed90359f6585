"""Requests to schools and to teams: who is asked, who answers, who sees what."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from chassis.audit import audit_entries
from contracts.events.directory import CalendarChanged, SchoolClosed
from contracts.events.reports import RequestAnswered, RequestSent
from contracts.problems import Problem
from contracts.rpc import requests as m
from contracts.rpc.base import Actor
from reports.application import request_replies, requesting
from reports.metrics import TimelinessCollector
from tests.storage.reports.conftest import CLERK, Room
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered

DISTRICT = Actor(role="district_officer", display_name="Chuyên viên (mẫu)", schools=(SCHOOL, OTHER))
NEIGHBOUR = Actor(role="clerk", display_name="Văn thư khác (mẫu)", schools=(OTHER,))
HEAD = Actor(role="principal", display_name="Hiệu trưởng (mẫu)", schools=(SCHOOL,))
FIELDS = (
    m.RequestField(code="c1", label="Số trẻ nghỉ ốm", kind="number"),
    m.RequestField(code="c2", label="Ghi chú", kind="text", required=False),
)
ASKED: dict[str, Any] = {
    "title": "Số trẻ nghỉ ốm",
    "legal_basis": "Công văn số 12/PGDĐT (mẫu)",
    "due_on": date(2024, 3, 6),
    "fields": FIELDS,
}


@pytest.fixture
def both(room: Room) -> Room:
    """Two schools; it is Friday, 1 March 2024."""
    room.hear(registered(OTHER))
    return room


def ask(room: Room, actor: Actor = DISTRICT, **changed: Any) -> m.FigureRequestDetail:
    with room.call(actor) as work:
        wanted = m.MakeRequest(**{**ASKED, "schools": (SCHOOL, OTHER), **changed})
        return requesting.make_request(work, wanted)


def collect(room: Room, actor: Actor = HEAD, **changed: Any) -> m.FigureRequestDetail:
    with room.call(actor) as work:
        named = {"school": SCHOOL, "teams": ("Tổ Mầm", "Tổ Lá")}
        return requesting.make_collection(work, m.MakeCollection(**{**ASKED, **named, **changed}))


def answer(
    room: Room, asked: m.FigureRequestDetail, actor: Actor = CLERK, team: str = "", **values: Any
) -> m.FigureRequestDetail:
    with room.call(actor) as work:
        school = (actor.schools or (SCHOOL,))[0]
        wanted = m.AnswerRequest(
            request_id=asked.request_id, school=school, team=team, values=values
        )
        return requesting.answer_request(work, wanted)


def get(
    room: Room, asked: m.FigureRequestDetail, actor: Actor = DISTRICT, *, inside: bool = False
) -> m.FigureRequestDetail:
    with room.call(actor) as work:
        return request_replies.get_request(
            work, m.GetRequest(request_id=asked.request_id, inside=inside)
        )


def close(
    room: Room, asked: m.FigureRequestDetail, actor: Actor = DISTRICT, *, inside: bool = False
) -> m.FigureRequestDetail:
    with room.call(actor) as work:
        wanted = m.CloseRequest(request_id=asked.request_id, inside=inside, reason="Đã đủ số liệu")
        return requesting.close_request(work, wanted)


def code_of(command: Callable[[], object]) -> str:
    with pytest.raises(Problem) as refused:
        command()
    return refused.value.code


def states(told: m.FigureRequestDetail) -> dict[str, str]:
    return {one.team or one.school: one.state for one in told.addressees}


def test_each_school_hears_of_it_and_the_district_sees_who_answered(both: Room) -> None:
    made = ask(both)
    assert states(made) == {SCHOOL: "open", OTHER: "open"}
    assert {row.data["school"] for row in both.told(RequestSent.name)} == {SCHOOL, OTHER}
    answer(both, made, c1=3, c2="Tay chân miệng")
    both.clock.move(date(2024, 3, 8))
    assert states(get(both, made)) == {SCHOOL: "answered_on_time", OTHER: "overdue"}
    late = answer(both, made, NEIGHBOUR, c1=4)
    told = get(both, made)
    assert states(told) == {SCHOOL: "answered_on_time", OTHER: "answered_late"}
    assert (told.asked, told.answered, told.overdue) == (2, 2, 0)
    assert [(one.code, one.total) for one in told.totals] == [("c1", 7)]
    assert [one.school for one in late.addressees] == [OTHER], "a school sees itself alone"
    assert [row.data["late_working_days"] for row in both.told(RequestAnswered.name)] == [0, 2]


def test_a_correction_keeps_the_first_answers_day(both: Room) -> None:
    made = ask(both)
    answer(both, made, c1=3)
    both.clock.move(date(2024, 3, 11))
    answer(both, made, c1=5)
    (own,) = [one for one in get(both, made).addressees if one.school == SCHOOL]
    assert own.answer is not None
    assert (own.answer.number, own.answer.values) == (2, {"c1": 5})
    assert (own.answer.answered_on, own.answer.late_working_days) == (date(2024, 3, 1), 0)
    assert own.state == "answered_on_time"


def test_what_is_wrong_in_an_answer_changes_nothing(both: Room) -> None:
    made = ask(both)
    assert code_of(lambda: answer(both, made, c2="x")) == "reports.answer_invalid"
    assert get(both, made).answered == 0
    assert both.told(RequestAnswered.name) == []


def test_who_was_not_asked_finds_nothing(both: Room) -> None:
    made = ask(both, schools=(SCHOOL,))
    for attempt in (
        lambda: answer(both, made, NEIGHBOUR, c1=1),
        lambda: get(both, made, NEIGHBOUR),
        lambda: close(both, made, NEIGHBOUR),
        lambda: get(both, made, inside=True),
        lambda: ask(both, HEAD),
        lambda: ask(both, schools=("khong-co",)),
    ):
        assert code_of(attempt) == "resource.not_found"
    with both.call(NEIGHBOUR) as work:
        assert request_replies.list_requests(work, m.ListRequests()).items == ()


def test_nobody_answers_for_another_school(both: Room) -> None:
    made = ask(both)
    wanted = m.AnswerRequest(request_id=made.request_id, school=SCHOOL, values={"c1": 1})
    with both.call(NEIGHBOUR) as work, pytest.raises(Problem) as refused:
        requesting.answer_request(work, wanted)
    assert refused.value.code == "resource.not_found"


def test_a_closed_request_takes_no_answer(both: Room) -> None:
    made = ask(both)
    part = Actor(role="district_officer", schools=(SCHOOL,))
    assert code_of(lambda: close(both, made, part)) == "resource.not_found"
    closed = close(both, made)
    assert set(states(closed).values()) == {"not_answered"}
    assert closed.working_days_left is None
    assert code_of(lambda: answer(both, made, c1=1)) == "reports.request_closed"
    assert code_of(lambda: close(both, made)) == "reports.request_closed"


def test_a_deadline_in_the_past_is_refused(both: Room) -> None:
    assert code_of(lambda: ask(both, due_on=date(2024, 2, 29))) == "reports.due_passed"


def test_a_closed_school_is_asked_no_more(both: Room) -> None:
    both.hear(SchoolClosed(school=OTHER, closed_on=date(2024, 2, 29), version=2))
    assert code_of(lambda: ask(both)) == "resource.not_found"
    assert states(ask(both, schools=(SCHOOL,))) == {SCHOOL: "open"}


def test_a_moved_day_moves_open_requests_and_keeps_the_old_deadline(both: Room) -> None:
    made, inner, done = ask(both), collect(both), ask(both)
    close(both, done)
    moved = CalendarChanged(
        day=date(2024, 3, 6), kind="off", legal_basis="Quyết định số 1 (mẫu)", version=1
    )
    both.hear(moved)
    told = get(both, made)
    assert told.due_on == told.deadline.due_on == date(2024, 3, 7)
    assert "Quyết định số 1 (mẫu)" in told.deadline.steps[-1].words.vi
    (former,) = told.former_deadlines
    assert former.deadline.due_on == date(2024, 3, 6)
    assert get(both, inner, HEAD, inside=True).due_on == date(2024, 3, 7)
    assert get(both, done).due_on == date(2024, 3, 6)
    again = [row.data for row in both.told(RequestSent.name) if row.data["version"] == 2]
    assert {row["school"] for row in again} == {SCHOOL, OTHER}
    assert {row["request_id"] for row in again} == {str(made.request_id)}


def test_teams_answer_inside_their_school(both: Room) -> None:
    made = collect(both)
    leader = Actor(role="unit_head", display_name="Tổ trưởng (mẫu)", schools=(SCHOOL,))
    answer(both, made, leader, team="Tổ Lá", c1=2)
    told = get(both, made, HEAD, inside=True)
    assert states(told) == {"Tổ Lá": "answered_on_time", "Tổ Mầm": "open"}
    assert code_of(lambda: answer(both, made, leader, team="Tổ Khác", c1=2)) == "resource.not_found"
    assert code_of(lambda: get(both, made, NEIGHBOUR, inside=True)) == "resource.not_found"
    assert code_of(lambda: get(both, made)) == "resource.not_found", "no request of the district"
    assert both.told(RequestSent.name) == both.told(RequestAnswered.name) == []
    close(both, made, HEAD, inside=True)
    with both.call(HEAD) as work:
        (listed,) = request_replies.list_requests(work, m.ListRequests(inside=True)).items
    assert (listed.asked, listed.answered, listed.closed_on) == (2, 1, date(2024, 3, 1))


def test_every_command_leaves_its_row(both: Room) -> None:
    made = ask(both)
    answer(both, made, c1=1)
    close(both, made)
    with both.engine.connect() as connection:
        rows = connection.execute(select(audit_entries)).all()
    written = {row.action: row.school for row in rows if row.subject == str(made.request_id)}
    assert written == {"request.made": None, "request.answered": SCHOOL, "request.closed": None}


def test_a_manager_sees_what_is_unanswered(both: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.metrics.CACHE_SECONDS", 0)
    registry = CollectorRegistry()
    registry.register(TimelinessCollector(both.units))

    def unanswered(school: str, state: str) -> float | None:
        labels = {"school": school, "state": state}
        return registry.get_sample_value("kipthoi_requests_unanswered", labels)

    made, done = ask(both), ask(both)
    collect(both)
    assert (unanswered(SCHOOL, "open"), unanswered(OTHER, "open")) == (2, 2)
    answer(both, made, c1=1)
    close(both, done)
    both.clock.move(date(2024, 3, 7))
    assert (unanswered(SCHOOL, "open"), unanswered(SCHOOL, "overdue")) == (None, None)
    assert unanswered(OTHER, "overdue") == 1
    both.hear(SchoolClosed(school=OTHER, closed_on=date(2024, 3, 6), version=2))
    assert unanswered(OTHER, "overdue") is None


def test_a_closed_school_is_waited_for_no_more(both: Room) -> None:
    made = ask(both)
    both.hear(SchoolClosed(school=OTHER, closed_on=date(2024, 3, 4), version=2))
    both.clock.move(date(2024, 3, 7))
    with both.call(DISTRICT) as work:
        told = request_replies.get_request(work, m.GetRequest(request_id=made.request_id))
    states = {one.school: one.state for one in told.addressees}
    assert states == {SCHOOL: "overdue", OTHER: "not_answered"}
    assert (told.asked, told.overdue) == (2, 1)


def test_what_is_not_there_is_not_found(both: Room) -> None:
    with both.call(DISTRICT) as work, pytest.raises(Problem) as refused:
        request_replies.get_request(work, m.GetRequest(request_id=uuid4()))
    assert refused.value.code == "resource.not_found"
