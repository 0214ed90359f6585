"""The clock: what was not done by its day lapses once, on its proper day, in order."""

from datetime import UTC, date, datetime
from functools import partial

from contracts.events.directory import CalendarChanged
from contracts.rpc import inspections as m
from contracts.rpc import remedies as r
from inspections.application import remedying
from tests.storage.inspections.conftest import Clock, Room, at_once
from tests.storage.inspections.test_commands import assign, close, complete
from tests.support.inspections import OFFICER, campaign_closed, demand


def test_an_order_that_is_not_given_escalates(room: Room, clock: Clock) -> None:
    room.happen(demand())
    clock.pass_days(1)
    assert room.lapse() == 0, "its day is not over"
    clock.pass_days(30)
    assert room.lapse() == 1
    assert room.lapse() == 0
    (one,) = room.listed()
    assert (one.state, one.escalated_on) == ("escalated", date(2024, 3, 6))
    (told,) = room.told("inspections.inspection_escalated")
    assert told["occurred_at"].astimezone(UTC) == datetime(2024, 3, 5, 17, tzinfo=UTC)
    assert room.order(one, OFFICER).state == "ordered"


def test_after_weeks_everything_lapses_once_in_order(room: Room, clock: Clock) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    done = complete(
        room,
        one,
        m.CheckedItem(item="K1", met=False),
        m.CheckedItem(item="K9", met=False, arbitrary_demand=True),
    )
    for finding in done.findings:
        assign(room, finding)
    room.happen(campaign_closed())
    room.happen(demand(school="cau-vong-giay"))
    clock.pass_days(60)
    at_once(*(room.lapse for _ in range(4)))
    with room.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, occurred_at FROM events WHERE type LIKE '%%overdue' OR type LIKE"
            " '%%escalated' ORDER BY recorded_at"
        ).all()
    assert sorted(row[0] for row in rows) == [
        "inspections.finding_escalated",
        "inspections.inspection_escalated",
        "inspections.remedy_overdue",
        "inspections.remedy_overdue",
    ]
    assert room.number("SELECT count(*) FROM improvement_tasks WHERE state = 'overdue'") == 1
    overdue = room.ask(remedying.list_remedies, r.ListRemedies(state="overdue")).items
    assert [remedy.item for remedy in overdue] == ["K9", "K1"]
    assert all(remedy.late_working_days > 20 for remedy in overdue)
    assert all((remedy.working_days_left or 0) < -20 for remedy in overdue)


def test_a_single_timer_works_off_in_the_order_of_the_days(room: Room, clock: Clock) -> None:
    for school in ("hoa-cuc-mau", "cau-vong-giay", "con-thuyen-la"):
        room.happen(demand(school=school))
        clock.pass_days(2)
    clock.pass_days(30)
    assert room.lapse() == 3
    times = [told["occurred_at"] for told in room.told("inspections.inspection_escalated")]
    assert times == sorted(times)
    assert len(set(times)) == 3


def test_an_urgent_finding_with_a_closed_remedy_does_not_escalate(room: Room, clock: Clock) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(room, one, m.CheckedItem(item="K10", met=False, severity=4)).findings
    close(room, assign(room, finding))
    clock.pass_days(10)
    assert room.lapse() == 0
    assert room.detail(one).findings[0].escalated_on is None


def test_closing_and_lapsing_at_once_ends_closed(room: Room, clock: Clock) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(room, one, m.CheckedItem(item="K1", met=False)).findings
    remedy = assign(room, finding)
    clock.pass_days(10)
    outcomes = at_once(room.lapse, partial(close, room, remedy), room.lapse)
    assert not [o for o in outcomes if isinstance(o, Exception)]
    (after,) = room.ask(remedying.list_remedies, r.ListRemedies()).items
    assert after.state == "closed"
    assert len(room.told("inspections.remedy_overdue")) <= 1


def moved(day: date, kind: str, version: int = 1) -> CalendarChanged:
    return CalendarChanged(day=day, kind=kind, legal_basis="Công văn thí dụ", version=version)


def test_a_day_off_moves_open_due_dates_and_keeps_the_old(room: Room, clock: Clock) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(room, one, m.CheckedItem(item="K1", met=False)).findings
    remedy = assign(room, finding)
    room.happen(demand(school="cau-vong-giay"))
    room.happen(moved(date(2024, 3, 5), "off"))
    (after,) = room.ask(remedying.list_remedies, r.ListRemedies()).items
    assert (after.due_on, after.version) == (date(2024, 3, 8), 2)
    (change,) = after.due_changes
    assert (change.old_due_on, change.new_due_on) == (remedy.due_on, date(2024, 3, 8))
    assert change.legal_basis == "Công văn thí dụ"
    proposed = next(i for i in room.listed() if i.state == "proposed")
    assert (proposed.order_due_on, proposed.version) == (date(2024, 3, 6), 2)
    told = room.told("inspections.remedy_assigned")
    assert [(e["data"]["due_on"], e["data"]["version"]) for e in told] == [
        ("2024-03-07", 1),
        ("2024-03-08", 2),
    ]
    assert told[1]["causation_id"] == told[0]["id"]
    first, again = [
        e["data"]["trigger_event_id"]
        for e in room.told("inspections.inspection_proposed")
        if e["data"]["school"] == "cau-vong-giay"
    ]
    assert first == again
    clock.pass_days(2)
    assert room.lapse() == 0, "Wednesday is its last day now"


def test_an_old_word_on_a_day_changes_nothing(room: Room) -> None:
    room.happen(demand())
    room.happen(moved(date(2024, 3, 5), "off", version=2))
    room.happen(moved(date(2024, 3, 5), "work", version=1))
    (one,) = room.listed()
    assert one.order_due_on == date(2024, 3, 6)
    room.happen(moved(date(2024, 3, 5), "work", version=3))
    assert room.listed()[0].order_due_on == date(2024, 3, 5)
    assert len(room.detail(one).due_changes) == 2
