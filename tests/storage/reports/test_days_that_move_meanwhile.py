"""A day moves while deadlines are being made: none of them may stay as it was."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

from sqlalchemy import text

from contracts.events.directory import CalendarChanged
from contracts.rpc.requests import MakeRequest, RequestField
from reports.application import learning, planning, requesting
from tests.storage.reports.conftest import OFFICER, Room
from tests.support.eventually import eventually
from tests.support.schools import SCHOOL, registered

# The deadline of the first quarter of 2024 as long as nobody moves a day.
NAMED = date(2024, 3, 18)
MOVED = date(2024, 3, 19)
OFF = CalendarChanged(day=NAMED, kind="off", legal_basis="Quyết định số 7 (mẫu)", version=1)
ASKED = MakeRequest(
    title="Số liệu (mẫu)",
    legal_basis="Công văn số 1 (mẫu)",
    due_on=NAMED,
    fields=(RequestField(code="c1", label="Số trẻ", kind="number"),),
    schools=(SCHOOL,),
)


def held_up_or_done(room: Room, other: Future[None]) -> bool:
    """Whether the other transaction waits for a lock, or has gone through."""
    waiting = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
        "WHERE datname = current_database() AND NOT granted"
    )
    with room.engine.connect() as connection:
        return other.done() or bool(connection.execute(waiting).scalar_one())


def meanwhile(room: Room, other: Callable[[], None], pool: ThreadPoolExecutor) -> Future[None]:
    """Start another transaction and let it come as far as it can."""
    running = pool.submit(other)
    eventually(lambda: held_up_or_done(room, running))
    return running


def plan(room: Room) -> None:
    with room.units.for_system() as work:
        school = work.schools.get(SCHOOL)
        assert school is not None
        planning.plan(work, [school])


def known(room: Room) -> None:
    with room.units.for_system() as work:
        work.schools.learn(registered())


def deadline(room: Room) -> date:
    return room.quarter().due_on


def test_a_day_that_moves_while_a_school_is_planned(empty: Room) -> None:
    known(empty)
    with ThreadPoolExecutor(1) as pool:
        with empty.units.for_system() as work:
            school = work.schools.get(SCHOOL)
            assert school is not None
            planning.plan(work, [school])
            moving = meanwhile(empty, lambda: empty.hear(OFF), pool)
        moving.result()
    assert deadline(empty) == MOVED
    assert [old.deadline.due_on for old in empty.quarter().former_deadlines] == [NAMED]


def test_a_school_that_is_planned_while_a_day_moves(empty: Room) -> None:
    known(empty)
    with ThreadPoolExecutor(1) as pool:
        with empty.units.for_system() as work:
            learning.calendar_changed(work, OFF)
            planned = meanwhile(empty, lambda: plan(empty), pool)
        planned.result()
    assert deadline(empty) == MOVED
    assert empty.quarter().former_deadlines == ()


def test_a_day_that_moves_while_the_district_asks(room: Room) -> None:
    with ThreadPoolExecutor(1) as pool:
        with room.call(OFFICER) as work:
            asked = requesting.make_request(work, ASKED)
            assert asked.due_on == NAMED
            moving = meanwhile(room, lambda: room.hear(OFF), pool)
        moving.result()
    with room.call(OFFICER) as work:
        (found,) = work.requests.listed(OFFICER, inside=False, school=SCHOOL)
    assert found.deadline.due_on == MOVED
