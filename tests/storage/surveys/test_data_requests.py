"""Requests about personal data over a real database: entered, replied to, ended, in scope."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from contracts.events.directory import CalendarChanged
from contracts.problems import Problem
from contracts.rpc import data_requests as m
from contracts.rpc.base import Actor
from surveys.application import data_requests
from tests.storage.surveys.closed import HEAD, OFFICER, SCHOOL, STRANGER, call, register
from tests.storage.surveys.conftest import Clock, Room


@pytest.fixture(autouse=True)
def known(room: Room, clock: Clock) -> None:
    """A school on Friday 6 March 2026."""
    register(room, SCHOOL)
    clock.now = datetime(2026, 3, 6, 3, tzinfo=UTC)


def do(room: Room, command: Any, wanted: Any, actor: Actor = HEAD) -> Any:
    with room.units.for_call(call(actor)) as work:
        return command(work, wanted)


def receive(room: Room, day: str = "2026-03-06", **changed: Any) -> m.DataRequest:
    given = {"school": SCHOOL, "kind": "erasure", "reference": f"Số đến {day}"}
    wanted = m.ReceiveDataRequest.model_validate(given | {"received_on": day} | changed)
    received: m.DataRequest = do(room, data_requests.receive_data_request, wanted)
    return received


def listed(room: Room, actor: Actor = HEAD) -> tuple[m.DataRequest, ...]:
    found: m.DataRequests = do(room, data_requests.list_data_requests, m.ListDataRequests(), actor)
    return found.items


def test_a_request_has_its_days_and_its_end(room: Room, clock: Clock) -> None:
    made = receive(room)
    assert (made.reply_due_on, made.act_due_on) == (date(2026, 3, 10), date(2026, 3, 26))
    assert "356/2025/NĐ-CP" in made.legal_basis
    clock.now = datetime(2026, 3, 11, 3, tzinfo=UTC)
    [late] = listed(room)
    assert (late.state, late.late) == ("received", True)
    about = {"request_id": made.request_id}
    replied = do(room, data_requests.reply_to_data_request, m.ReplyToDataRequest(**about))
    assert (replied.state, replied.late) == ("replied", False)
    ending = m.EndDataRequest(**about, outcome="done", note="Đã xóa một ý kiến")
    ended = do(room, data_requests.end_data_request, ending)
    assert (ended.state, ended.ended_on) == ("done", date(2026, 3, 11))
    with pytest.raises(Problem, match=r"surveys\.request_ended"):
        do(room, data_requests.end_data_request, ending)
    actions = room.numbers("SELECT action, school, after->>'state' FROM audit_entries ORDER BY id")
    assert actions == [
        ("receive_data_request", SCHOOL, "received"),
        ("reply_to_data_request", SCHOOL, "replied"),
        ("end_data_request", SCHOOL, "done"),
    ]


def test_a_moved_day_moves_the_reply(room: Room) -> None:
    receive(room)
    moved = CalendarChanged(
        day=date(2026, 3, 9), kind="off", legal_basis="Công văn thí dụ", version=1
    )
    with room.units.for_system() as work:
        work.moved_days.learn(moved)
    assert listed(room)[0].reply_due_on == date(2026, 3, 11)


def test_those_that_wait_come_first_by_what_is_due_next(room: Room) -> None:
    newest, oldest = receive(room), receive(room, "2026-03-02")
    ended = receive(room, "2026-03-01")
    ending = m.EndDataRequest(request_id=ended.request_id, outcome="refused", note="Không có")
    do(room, data_requests.end_data_request, ending)
    order = [one.request_id for one in listed(room)]
    assert order == [oldest.request_id, newest.request_id, ended.request_id]


@pytest.mark.parametrize("day", ["2026-03-07", "2025-11-01"])
def test_days_ahead_or_long_ago_are_refused(room: Room, day: str) -> None:
    with pytest.raises(Problem, match=r"surveys\.wrong_dates"):
        receive(room, day)


def test_requests_keep_to_their_scope(room: Room) -> None:
    made = receive(room)
    assert len(listed(room, OFFICER)) == 1
    assert listed(room, STRANGER) == ()
    for request_id, actor in ((made.request_id, STRANGER), (uuid4(), HEAD)):
        wanted = m.ReplyToDataRequest(request_id=request_id)
        with pytest.raises(Problem, match=r"resource\.not_found"):
            do(room, data_requests.reply_to_data_request, wanted, actor)
    elsewhere = {"school": SCHOOL, "kind": "access", "reference": "Số 1"}
    wanted_there = m.ReceiveDataRequest.model_validate(elsewhere | {"received_on": "2026-03-06"})
    with pytest.raises(Problem, match=r"surveys\.unknown_school"):
        do(room, data_requests.receive_data_request, wanted_there, STRANGER)
