"""Directory as a process: what it tells others, and how scope follows the hierarchy by date."""

from datetime import date
from uuid import uuid4

import pytest

from contracts.events.directory import CalendarChanged, SchoolRegistered, UnitMoved
from contracts.problems import Problem
from contracts.rpc import directory as m
from contracts.rpc.base import Actor, TraceReply, TraceRequest
from tests.component.directory.conftest import START, Directory
from tests.support.directory import code_of

REFORM = date(2025, 7, 1)


def test_schools_moves_and_days_are_published_in_the_callers_chain(directory: Directory) -> None:
    chain = uuid4()
    for code in ("quan-1", "phuong-2"):
        directory.unit(code)
    directory.school("hoa", "quan-1", correlation_id=chain)
    directory.move("hoa", "phuong-2", REFORM)
    day = m.SetCalendarDay(day=date(2026, 1, 2), kind="off", legal_basis="Thông báo (mẫu)")
    directory.ask("set_calendar_day", day, m.CalendarDay)

    told = directory.reports.hear("directory.school_registered", 1)[0]
    assert SchoolRegistered.model_validate(told.data) == SchoolRegistered(
        school="hoa",
        title="Trường hoa",
        level="kindergarten",
        opened_on=START,
        parents={"administrative": "quan-1"},
        version=1,
    )
    assert (told.correlationid, told.causationid, told.subject) == (chain, None, "hoa")
    assert told.time.date() == date(2024, 1, 10)
    moved = directory.reports.hear("directory.unit_moved", 1)[0]
    assert UnitMoved.model_validate(moved.data) == UnitMoved(
        unit="hoa",
        hierarchy="administrative",
        parent="phuong-2",
        valid_from=REFORM,
        version=2,
    )
    changed = directory.reports.hear("directory.calendar_changed", 1)[0]
    assert CalendarChanged.model_validate(changed.data).kind == "off"

    asked = TraceRequest(correlation_id=chain)
    traced = directory.ask("trace", asked, TraceReply)
    assert [event.id for event in traced.events] == [told.id]
    stranger = Actor(role="principal", schools=("la",))
    assert directory.ask("trace", asked, TraceReply, stranger).events == ()


def test_scope_follows_a_move_on_its_day(directory: Directory) -> None:
    for code in ("quan-1", "phuong-2"):
        directory.unit(code)
    directory.school("hoa", "quan-1")
    directory.move("hoa", "phuong-2", REFORM)
    tokens = {}
    for unit in ("quan-1", "phuong-2"):
        made = directory.account(f"can.bo.{unit}", "district_officer", unit)
        tokens[unit] = directory.login(f"can.bo.{unit}", made.initial_password).token

    def scopes() -> list[tuple[str, ...] | None]:
        return [directory.resolve(token).actor.schools for token in tokens.values()]

    directory.move_clock(2025, 6, 30)
    assert scopes() == [("hoa",), ()]
    directory.move_clock(2025, 7, 1)
    assert scopes() == [(), ("hoa",)]
    former = directory.resolve(tokens["quan-1"]).actor
    assert directory.ask("list_schools", m.ListSchools(), m.Schools, former).items == ()
    with pytest.raises(Problem) as refused:
        directory.ask(
            "change_school", m.ChangeSchool(school="hoa", title="Tên khác"), m.School, former
        )
    assert code_of(refused) == "resource.not_found"
