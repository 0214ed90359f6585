"""Schools and the calendar: what is stored and told to everybody."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from contracts.events import event_class
from contracts.problems import Problem
from contracts.rpc import directory as m
from contracts.rpc.base import Actor
from directory.application import calendar, schools
from tests.support.directory import OPERATOR, Room, call, code_of

SWAP = date(2026, 1, 2)


def change(room: Room, actor: Actor = OPERATOR, **wanted: Any) -> m.School:
    with room.directory.units.for_call(call(actor)) as work:
        return schools.change_school(work, m.ChangeSchool(school="hoa", **wanted))


def close(room: Room, day: date, actor: Actor = OPERATOR) -> m.School:
    with room.directory.units.for_call(call(actor)) as work:
        return schools.close_school(work, m.CloseSchool(school="hoa", closed_on=day))


def set_day(room: Room, kind: m.DayKind, basis: str, *, replaces: bool = False) -> m.CalendarDay:
    wanted = m.SetCalendarDay(day=SWAP, kind=kind, legal_basis=basis, replaces=replaces)
    with room.directory.units.for_call(call(OPERATOR)) as work:
        return calendar.set_calendar_day(work, wanted)


def test_a_school_is_told_with_its_parents(district: Room) -> None:
    told = district.events("directory.school_registered")[0]
    assert told == {
        "school": "hoa",
        "title": "Trường hoa",
        "level": "kindergarten",
        "opened_on": "2020-01-01",
        "parents": {"administrative": "quan-1", "professional": "phong-1", "cluster": "cum"},
        "version": 1,
    }
    event_class("directory.school_registered").model_validate(told)


def test_changes_are_told_once_and_written_in_one_spelling(district: Room) -> None:
    title = "Trường Mầm non Hoà Bình (thí dụ)"
    assert change(district, title=unicodedata.normalize("NFD", title)).title == title
    assert change(district, title=title).title == title
    assert change(district, level="primary").level == "primary"
    told = [
        (e["title"], e["level"], e["version"]) for e in district.events("directory.school_changed")
    ]
    assert told == [(title, "kindergarten", 2), (title, "primary", 3)]
    assert len(district.audit("school.changed")) == 2


def test_a_school_closes_once_and_stays_listed(district: Room) -> None:
    with pytest.raises(Problem) as refused:
        close(district, date(2019, 12, 31))
    assert code_of(refused) == "directory.wrong_closing_day"
    assert close(district, date(2025, 6, 30)).closed_on == date(2025, 6, 30)
    with pytest.raises(Problem) as refused:
        close(district, date(2025, 7, 30))
    assert code_of(refused) == "directory.school_closed"
    assert district.events("directory.school_closed") == [
        {"school": "hoa", "closed_on": "2025-06-30", "version": 2}
    ]
    with district.directory.units.for_call(call(OPERATOR)) as work:
        assert [s.code for s in schools.list_schools(work).items] == ["hoa", "la"]


def test_a_foreign_school_is_not_there(district: Room) -> None:
    officer = district.actor("can.bo", "district_officer", "quan-2")
    with district.directory.units.for_call(call(officer)) as work:
        assert [s.code for s in schools.list_schools(work).items] == ["la"]
    with pytest.raises(Problem) as refused:
        change(district, officer, title="x")
    assert code_of(refused) == "resource.not_found"
    with pytest.raises(Problem) as refused:
        close(district, date(2025, 6, 30), officer)
    assert code_of(refused) == "resource.not_found"


def test_parents_are_those_of_today(district: Room) -> None:
    district.move("hoa", "quan-2", date(2025, 7, 1))
    for day, parent in ((date(2025, 6, 30), "quan-1"), (date(2025, 7, 1), "quan-2")):
        district.business.on(day)
        with district.directory.units.for_call(call(OPERATOR)) as work:
            first = schools.list_schools(work).items[0]
        assert first.parents["administrative"] == parent


def test_a_school_without_a_known_parent_is_not_registered(district: Room) -> None:
    for parent, code in (("khong-co", "unknown_unit"), ("la", "wrong_parent")):
        with pytest.raises(Problem) as refused:
            district.school("moi", administrative=parent)
        assert code_of(refused) == f"directory.{code}"
    assert district.rows("SELECT code FROM units WHERE code = 'moi'") == []


def test_a_moved_day_is_told_and_its_contradiction_refused(room: Room) -> None:
    set_day(room, "off", "Thông báo số 1")
    set_day(room, "off", "Thông báo số 1")
    with pytest.raises(Problem) as refused:
        set_day(room, "work", "Thông báo số 2")
    assert (code_of(refused), refused.value.params["kind"]) == (
        "directory.calendar_contradiction",
        "off",
    )
    set_day(room, "work", "Thông báo số 2", replaces=True)
    told = [
        (e["kind"], e["legal_basis"], e["version"])
        for e in room.events("directory.calendar_changed")
    ]
    assert told == [("off", "Thông báo số 1", 1), ("work", "Thông báo số 2", 2)]
    with room.directory.units.for_call(call(OPERATOR)) as work:
        known = calendar.list_calendar(work, m.ListCalendar(year=2026)).items
        assert [(day.day, day.kind) for day in known] == [(SWAP, "work")]
        assert calendar.list_calendar(work, m.ListCalendar(year=2025)).items == ()


def test_a_shipped_swap_is_listed_with_its_source_until_it_is_replaced(room: Room) -> None:
    def told() -> tuple[m.ShippedDay, ...]:
        with room.directory.units.for_call(call(OPERATOR)) as work:
            return calendar.list_calendar(work, m.ListCalendar(year=2025)).shipped

    worked, off = told()
    assert (worked.day, worked.kind, off.day, off.kind) == (
        date(2025, 4, 26),
        "work",
        date(2025, 5, 2),
        "off",
    )
    assert "6150/TB-BLĐTBXH" in worked.legal_basis
    assert worked.source.startswith("https://")
    wanted = m.SetCalendarDay(day=worked.day, kind="off", legal_basis="Quyết định số 1 (mẫu)")
    with room.directory.units.for_call(call(OPERATOR)) as work:
        with pytest.raises(Problem) as refused:
            calendar.set_calendar_day(work, wanted)
        assert code_of(refused) == "directory.calendar_contradiction"
        calendar.set_calendar_day(work, wanted.model_copy(update={"replaces": True}))
    assert told() == (off,)
