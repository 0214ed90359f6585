"""More time for a school: said with its reason, and kept when the calendar changes."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from chassis.audit import audit_entries
from contracts.events.directory import CalendarChanged
from contracts.events.reports import ObligationCreated, ObligationDueSoon, ObligationOverdue
from contracts.problems import Problem
from contracts.rpc import obligations as o
from contracts.rpc.oversight import ExtendObligation
from reports.application import extending
from tests.storage.reports.conftest import OFFICER, Room

# The periodic report of the first quarter of 2024 is due on Monday, 18 March.
DUE = date(2024, 3, 18)
LATER = date(2024, 3, 27)
WHY = "Trường sửa chữa"


def extend(
    room: Room, until: date = LATER, obligation_id: UUID | None = None
) -> o.ObligationDetail:
    """Give the school more time."""
    request = ExtendObligation(
        obligation_id=obligation_id or room.quarter().obligation_id, due_on=until, reason=WHY
    )
    with room.call(OFFICER) as work:
        return extending.extend_obligation(work, request)


def refused(room: Room, until: date) -> Problem:
    with pytest.raises(Problem) as problem:
        extend(room, until)
    return problem.value


def move(room: Room, day: date, version: int = 1) -> None:
    """The district makes a day one of rest."""
    change = CalendarChanged(day=day, kind="off", legal_basis="Công văn (mẫu)", version=version)
    room.hear(change)


def test_the_new_deadline_says_what_it_was_and_why(room: Room) -> None:
    done = extend(room)
    assert (done.due_on, done.state) == (LATER, "upcoming")
    assert [former.deadline.due_on for former in done.former_deadlines] == [DUE]
    last = done.deadline.steps[-1]
    assert last.code == "extended"
    assert last.words.vi == f"Hạn ngày 18/03/2024 được gia hạn đến hết ngày 27/03/2024: {WHY}"
    step = done.history[-1]
    assert (step.what, step.note, step.by_name) == ("extended", WHY, OFFICER.display_name)
    (told,) = [
        one.data
        for one in room.told(ObligationCreated.name, done.obligation_id)
        if one.data["version"] > 1
    ]
    assert told["due_on"] == "2024-03-27"
    assert WHY not in str(told)
    with room.engine.connect() as connection:
        row = connection.execute(
            select(audit_entries).where(audit_entries.c.action == "report.extended")
        ).one()
    assert row.after["to"] == "2024-03-27"


def test_notices_follow_the_new_deadline(room: Room) -> None:
    room.tick(date(2024, 3, 15))  # one working day left: three notices are told
    done = extend(room)
    assert (done.state, done.working_days_left) == ("upcoming", 8)
    room.tick(date(2024, 3, 29))
    told = [
        (one.data["due_on"], one.data["working_days_left"])
        for one in room.told(ObligationDueSoon.name, done.obligation_id)
    ]
    assert told == [
        *[("2024-03-18", days) for days in (7, 3, 1)],
        *[("2024-03-27", days) for days in (7, 3, 1, 0)],
    ]
    (over,) = room.told(ObligationOverdue.name, done.obligation_id)
    assert over.data["due_on"] == "2024-03-27"


def test_an_overdue_report_is_owed_again_and_then_in_time(room: Room) -> None:
    room.clock.move(date(2024, 3, 20))
    done = extend(room)  # time catches up first: it was overdue
    assert done.state == "due_soon"
    assert len(room.told(ObligationOverdue.name, done.obligation_id)) == 1
    assert [one.what for one in done.history][-2:] == ["overdue", "extended"]
    sent = room.submit(done.obligation_id)
    assert (sent.state, sent.late_working_days) == ("submitted_on_time", 0)


def test_a_change_of_the_calendar_keeps_the_extension(room: Room) -> None:
    extend(room)
    move(room, DUE)
    kept = room.quarter()
    assert kept.due_on == LATER
    move(room, LATER)
    moved = room.quarter()
    assert moved.due_on == date(2024, 3, 28)
    assert [step.code for step in moved.deadline.steps][-2:] == ["extended", "moved_from"]
    assert [one.deadline.due_on for one in moved.former_deadlines] == [DUE, LATER]


def test_twice_extended_says_so_twice(room: Room) -> None:
    extend(room)
    done = extend(room, date(2024, 4, 3))
    assert [step.code for step in done.deadline.steps].count("extended") == 2
    move(room, date(2024, 4, 3))
    assert room.quarter().due_on == date(2024, 4, 4)


def test_what_can_not_be_is_refused(room: Room) -> None:
    for day in (DUE, date(2024, 3, 15), date(2025, 3, 20)):
        problem = refused(room, day)
        assert problem.code == "reports.extension_dates"
        assert problem.params["earliest"] == "2024-03-19"
    assert refused(room, date(2024, 3, 23)).code == "reports.extension_day_off"
    room.clock.move(date(2024, 4, 3))
    assert refused(room, date(2024, 4, 2)).params["earliest"] == "2024-04-03"
    room.submit(room.quarter().obligation_id)
    assert refused(room, date(2024, 4, 5)).code == "reports.already_submitted"
    (other,) = room.listed(kind="cchc_result", period="2024-q1")
    room.exempt(other.obligation_id)
    with pytest.raises(Problem) as owed:
        extend(room, date(2024, 4, 5), other.obligation_id)
    assert owed.value.code == "reports.exempted"
