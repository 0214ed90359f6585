from concurrent.futures import ThreadPoolExecutor
from datetime import date

from contracts.events.directory import SchoolChanged, SchoolClosed, UnitMoved
from contracts.events.reports import ObligationCreated
from contracts.rpc.obligations import GetObligation
from reports.application import planning
from reports.application.questions import get_obligation
from tests.storage.reports.conftest import Room
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered


def test_a_registered_school_owes_a_year_ahead(room: Room) -> None:
    owed = room.listed()
    assert len(owed) == 16
    assert (owed[0].kind, owed[0].due_on) == ("cchc_result", date(2024, 3, 18))
    assert all(o.state == "upcoming" for o in owed)
    assert len(room.told(ObligationCreated.name)) == 16
    assert [o.due_on for o in owed] == sorted(o.due_on for o in owed)


def test_planning_again_changes_nothing(room: Room) -> None:
    before = room.listed()
    room.tick()
    room.hear(registered())
    assert room.listed() == before
    assert len(room.told(ObligationCreated.name)) == 16


def test_two_replicas_plan_each_obligation_once(empty: Room) -> None:
    codes = [f"truong-{n}" for n in range(12)]
    for code in codes:
        with empty.units.for_system() as work:
            work.schools.learn(registered(code))
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(planning.plan_all, empty.units) for _ in range(4)]:
            done.result()
    empty.tick()
    assert len(empty.listed()) == 16 * len(codes)


def test_the_year_ahead_moves_on_with_the_days(room: Room) -> None:
    room.tick(date(2024, 3, 20))
    known = {(o.kind, o.period.key) for o in room.listed()}
    assert ("periodic", "2025-q1") in known
    room.tick(date(2026, 5, 1))  # two years of downtime: everything in between is owed
    quarters = {o.period.key for o in room.listed() if o.kind == "periodic"}
    assert {f"{year}-q{n}" for year in (2024, 2025, 2026) for n in (1, 2, 3, 4)} <= quarters


def test_a_clock_that_went_back_is_planned_too(empty: Room) -> None:
    empty.clock.move(date(2026, 11, 23))
    empty.hear(registered())
    empty.tick(date(2024, 3, 1))
    assert {o.period.key for o in empty.listed(kind="periodic")} >= {"2024-q1", "2024-q2"}


def test_news_of_a_school_may_come_before_its_registration(empty: Room) -> None:
    changed = SchoolChanged(school=SCHOOL, title="Tên mới", level="primary", version=2)
    closing = SchoolClosed(school=SCHOOL, closed_on=date(2024, 6, 30), version=3)
    empty.hear(closing, changed)
    empty.tick()
    assert empty.listed() == ()
    empty.hear(registered())
    owed = empty.listed()
    assert {o.school_title for o in owed} == {"Tên mới"}
    assert {o.period.ends_on for o in owed} == {date(2024, 3, 14), date(2024, 6, 14)}


def test_a_new_title_counts_though_the_closing_came_before_it(room: Room) -> None:
    room.hear(SchoolClosed(school=SCHOOL, closed_on=date(2024, 6, 30), version=3))
    room.hear(SchoolChanged(school=SCHOOL, title="Tên mới", level="primary", version=2))
    assert {o.school_title for o in room.listed()} == {"Tên mới"}


def test_a_school_that_closes_owes_nothing_for_later_periods(room: Room) -> None:
    room.hear(SchoolClosed(school=SCHOOL, closed_on=date(2024, 6, 30), version=2))
    states = {o.period.key: o.state for o in room.listed(kind="periodic")}
    assert states["2024-q1"] == states["2024-q2"] == "upcoming"
    assert states["2024-q3"] == states["2024-q4"] == "exempt"
    room.tick(date(2025, 1, 10))
    assert {o.state for o in room.listed(kind="periodic", period="2024-q3")} == {"exempt"}
    assert "2025-q1" not in {o.period.key for o in room.listed()}


def test_recipients_follow_the_date(room: Room) -> None:
    def superior(period: str) -> str | None:
        (one,) = room.listed(kind="periodic", period=period)
        with room.call() as work:
            asked = GetObligation(obligation_id=one.obligation_id)
            return get_obligation(work, asked).recipients[0].unit

    room.hear(
        UnitMoved(
            unit=SCHOOL,
            hierarchy="administrative",
            parent="phuong-moi",
            valid_from=date(2024, 7, 1),
            version=5,
        )
    )
    assert superior("2024-q2") == "ubnd-mau"
    assert superior("2024-q3") == "phuong-moi"


def test_schools_are_planned_apart(room: Room) -> None:
    room.hear(registered(OTHER, "Trường Con Thuyền Lá (thí dụ)"))
    assert len(room.listed(school=OTHER)) == len(room.listed(school=SCHOOL)) == 16
