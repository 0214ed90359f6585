from concurrent.futures import ThreadPoolExecutor
from datetime import date
from zoneinfo import ZoneInfo

from contracts.events.directory import CalendarChanged
from contracts.events.reports import ObligationCreated, ObligationDueSoon, ObligationOverdue
from reports.application import turning
from tests.storage.reports.conftest import Room

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def days_left(room: Room) -> list[int]:
    owed = room.quarter()
    return [
        row.data["working_days_left"]
        for row in room.told(ObligationDueSoon.name, owed.obligation_id)
    ]


def test_each_turn_on_its_day(room: Room) -> None:
    seen = {}
    for day in range(5, 22):
        room.tick(date(2024, 3, day))
        room.tick()
        seen[day] = (room.quarter().state, len(days_left(room)))
    assert seen[6] == ("upcoming", 0)
    assert seen[7] == seen[12] == ("due_soon", 1)
    assert seen[13] == seen[14] == ("due_soon", 2)
    assert seen[15] == seen[17] == ("due_soon", 3)
    assert seen[18] == ("due_soon", 4)
    assert seen[19] == seen[21] == ("overdue", 4)
    assert days_left(room) == [7, 3, 1, 0]
    assert len(room.told(ObligationOverdue.name, room.quarter().obligation_id)) == 1


def test_a_jump_of_weeks_tells_everything_once_with_its_day(room: Room) -> None:
    room.tick(date(2024, 4, 20))
    room.tick()
    owed = room.quarter()
    assert owed.state == "overdue"
    assert days_left(room) == [7, 3, 1, 0]
    (overdue,) = room.told(ObligationOverdue.name, owed.obligation_id)
    assert overdue.occurred_at.astimezone(VIETNAM).isoformat() == "2024-03-19T00:00:00+07:00"
    assert [entry.what for entry in owed.history] == [
        "created",
        "due_soon",
        "due_soon",
        "due_soon",
        "due_soon",
        "overdue",
    ]


def test_one_chain_from_the_first_event_to_the_last(room: Room) -> None:
    room.tick(date(2024, 4, 20))
    owed = room.quarter()
    (created,) = room.told(ObligationCreated.name, owed.obligation_id)
    soon = room.told(ObligationDueSoon.name, owed.obligation_id)
    (overdue,) = room.told(ObligationOverdue.name, owed.obligation_id)
    chain = [created, *soon, overdue]
    assert {row.correlation_id for row in chain} == {owed.correlation_id}
    assert [row.causation_id for row in chain] == [None, *(row.id for row in chain[:-1])]


def test_replicas_share_the_turns(room: Room) -> None:
    room.clock.move(date(2025, 1, 10))
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(turning.turn_all, room.units) for _ in range(4)]:
            done.result()
    overdue = room.listed(state="overdue")
    told = room.told(ObligationOverdue.name)
    assert len(told) == len(overdue) == len({row.data["obligation_id"] for row in told}) == 16


def test_a_calendar_change_recomputes_what_is_open_and_keeps_the_old(room: Room) -> None:
    submitted = room.quarter()
    room.submit(submitted.obligation_id)
    (owed,) = room.listed(kind="cchc_result", period="2024-q1")
    off = CalendarChanged(
        day=date(2024, 3, 18), kind="off", legal_basis="Quyết định số 7/QĐ-UBND", version=1
    )
    room.hear(off, off)
    assert room.quarter().due_on == date(2024, 3, 18)
    (moved,) = room.listed(kind="cchc_result", period="2024-q1")
    assert moved.due_on == date(2024, 3, 19)
    assert moved.deadline.steps[-1].params["legal_basis"] == "Quyết định số 7/QĐ-UBND"
    assert "Quyết định số 7/QĐ-UBND" in moved.deadline.steps[-1].words.vi
    told = room.told(ObligationCreated.name, owed.obligation_id)
    assert [(row.data["due_on"], row.data["version"]) for row in told] == [
        ("2024-03-18", 1),
        ("2024-03-19", 2),
    ]
    with room.call() as work:
        ((old, _),) = work.chronicle.former_deadlines(owed.obligation_id)
    assert old.due_on == date(2024, 3, 18)


def test_an_older_calendar_change_is_no_news(room: Room) -> None:
    day = date(2024, 3, 18)
    room.hear(
        CalendarChanged(day=day, kind="work", legal_basis="b", version=2),
        CalendarChanged(day=day, kind="off", legal_basis="a", version=1),
    )
    assert room.quarter().due_on == day


def test_what_was_overdue_is_due_again_when_its_deadline_moves_on(room: Room) -> None:
    room.tick(date(2024, 3, 19))
    assert room.quarter().state == "overdue"
    room.hear(
        *(
            CalendarChanged(day=date(2024, 3, n), kind="off", legal_basis="x", version=1)
            for n in (18, 19)
        )
    )
    owed = room.quarter()
    assert (owed.state, owed.due_on, owed.working_days_left) == ("due_soon", date(2024, 3, 20), 1)
    room.tick(date(2024, 3, 21))
    assert room.quarter().state == "overdue"
