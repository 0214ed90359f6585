"""Campaigns by the calendar: planned, opened and closed on their proper days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from contracts.events import directory as told
from contracts.rpc.base import SYSTEM
from contracts.rpc.surveys import ListCampaigns
from messaging import Delivery
from messaging.trace import Trace
from surveys import reactions
from surveys.application.planning import plan, plan_all
from surveys.application.turning import turn_all
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Clock, Room
from tests.support.events import envelope_of
from tests.support.eventually import eventually
from tests.support.schools import registered


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 1, tzinfo=UTC)


def hear(
    room: Room, event: told.SchoolRegistered | told.SchoolClosed | told.CalendarChanged
) -> None:
    handler = reactions.make_handlers().find(event.name)
    assert handler is not None
    with room.engine.begin() as connection:
        envelope = envelope_of("directory", event, Trace.start(), at=room.clock.now)
        handler.run(connection, [Delivery(event, envelope)])


def tick(room: Room) -> None:
    plan_all(room.units)
    turn_all(room.units)


def listed(room: Room) -> list[Campaign]:
    with room.units.for_system() as work:
        found = work.campaigns.listed(ListCampaigns(), SYSTEM)
    return sorted(found, key=lambda c: (c.opens_on, c.form))


def test_a_school_gets_both_forms_each_quarter(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    tick(room)
    assert [(c.form, c.period.key, c.state) for c in listed(room)] == [
        ("care", "2024-q1", "planned"),
        ("tthc", "2024-q1", "planned"),
    ]
    tick(room)
    assert len(listed(room)) == 2, "planning again makes nothing twice"
    assert len({c.slug for c in listed(room)}) == 2

    clock.now = at(2024, 3, 1)
    tick(room)
    assert {(c.state, c.opens_on) for c in listed(room) if c.period.index == 1} == {
        ("open", date(2024, 3, 1))
    }
    clock.now = at(2024, 3, 15)
    tick(room)
    assert {(c.state, c.closed_on) for c in listed(room) if c.period.index == 1} == {
        ("closed", date(2024, 3, 15))
    }


def test_a_clock_that_jumps_a_year_dates_everything_properly(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    hear(room, registered("con-thuyen-la"))
    clock.now = at(2024, 12, 5)
    tick(room)
    told_in_order = room.numbers(
        "SELECT type, occurred_at, data->>'opens_on', data->>'closed_on' FROM events "
        "ORDER BY recorded_at"
    )
    days = [row[1] for row in told_in_order]
    assert days == sorted(days), "what was due first is told first"  # type: ignore[type-var]
    opened = [row[2] for row in told_in_order if row[0] == "surveys.campaign_opened"]
    closed = [row[3] for row in told_in_order if row[0] == "surveys.campaign_closed"]
    assert sorted(set(map(str, opened))) == ["2024-03-01", "2024-05-20", "2024-09-05", "2024-12-02"]
    assert sorted(set(map(str, closed))) == ["2024-03-15", "2024-06-01", "2024-09-15"]
    assert (len(opened), len(closed)) == (16, 12)
    states = {(c.period.index, c.state) for c in listed(room)}
    assert states >= {(1, "closed"), (2, "closed"), (3, "closed"), (4, "open")}


def test_the_chain_of_a_campaign_is_one(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    clock.now = at(2024, 3, 20)
    tick(room)
    rows = room.numbers(
        "SELECT data->>'campaign_id', id, correlation_id, causation_id FROM events "
        "WHERE data->>'form' = 'tthc' ORDER BY occurred_at"
    )
    (opened, closed) = rows
    assert opened[0] == closed[0]
    assert opened[2] == closed[2]
    assert (opened[3], closed[3]) == (None, opened[1])


def test_a_moved_day_moves_what_is_not_open_yet(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    tick(room)
    slugs = {c.slug for c in listed(room)}
    hear(
        room,
        told.CalendarChanged(day=date(2024, 3, 12), kind="off", legal_basis="QĐ 1", version=1),
    )
    tick(room)
    assert {c.opens_on for c in listed(room)} == {date(2024, 2, 29)}
    assert {c.slug for c in listed(room)} == slugs, "a printed address stays"


def test_a_closed_school_gets_no_more(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    tick(room)
    hear(room, told.SchoolClosed(school="hoa-cuc-mau", closed_on=date(2024, 2, 1), version=2))
    tick(room)
    assert listed(room) == []


def test_events_of_a_school_may_come_in_any_order(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    changed = told.SchoolChanged(school="hoa-cuc-mau", title="Tên mới", level="primary", version=2)
    handler = reactions.make_handlers().find(changed.name)
    assert handler is not None
    with room.engine.begin() as connection:
        envelope = envelope_of("directory", changed, Trace.start(), at=clock.now)
        handler.run(connection, [Delivery(changed, envelope)])
    tick(room)
    assert listed(room) == [], "not registered yet"
    hear(room, registered())
    assert room.numbers("SELECT title, level, version FROM schools") == [("Tên mới", "primary", 2)]
    tick(room)
    assert len(listed(room)) == 2


def waiting(room: Room) -> list[str]:
    """The schools that the generator has not looked at today."""
    with room.units.for_system() as work:
        return [school.code for school in work.schools.to_plan(work.today)]


def test_planning_never_waits_for_who_changes_a_school(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    for school in ("a-mau", "b-mau", "c-mau"):
        hear(room, registered(school))
    with ThreadPoolExecutor(1) as pool:
        with room.engine.begin() as connection:
            held = "UPDATE schools SET title = 'khác' WHERE code = 'b-mau'"
            connection.exec_driver_sql(held)
            planned = pool.submit(plan_all, room.units)
            assert planned.result(30) > 0, "the others are planned"
        assert waiting(room) == ["b-mau"]
    tick(room)
    assert waiting(room) == []
    assert {c.school for c in listed(room)} == {"a-mau", "b-mau", "c-mau"}


def test_a_day_that_moves_while_campaigns_are_planned_counts(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    moved = told.CalendarChanged(
        day=date(2024, 3, 4), kind="off", legal_basis="Thông báo", version=1
    )
    with ThreadPoolExecutor(1) as pool:
        with room.units.for_system() as work:
            plan(work)
            heard = pool.submit(hear, room, moved)
            eventually(lambda: blocked(room), timeout=30, message="the news waits for the plan")
        heard.result(30)
    assert waiting(room) == ["hoa-cuc-mau"], "to be planned again, with the day"


def blocked(room: Room) -> bool:
    """Whether a transaction waits for another one."""
    ((number,),) = room.numbers(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    return number == 1
