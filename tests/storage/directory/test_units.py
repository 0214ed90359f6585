"""Units and their places: what is stored, told, refused; the database keeps the law itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from contracts.problems import Problem
from contracts.rpc import directory as m
from contracts.rpc.base import Actor
from directory.application import units
from tests.support.directory import OPERATOR, START, Room, call, code_of

REFORM = date(2025, 7, 1)


def listed(room: Room, actor: Actor, on: date | None = None) -> list[str]:
    with room.directory.units.for_call(call(actor)) as work:
        return [unit.code for unit in units.list_units(work, m.ListUnits(on=on)).items]


def moves(room: Room, unit: str, actor: Actor = OPERATOR) -> list[tuple[str, date, date | None]]:
    with room.directory.units.for_call(call(actor)) as work:
        found = units.list_moves(work, m.ListMoves(unit=unit)).items
    return [(row.parent, row.valid_from, row.valid_to) for row in found]


def test_a_move_ends_the_row_of_then_and_is_told(district: Room) -> None:
    moved = district.move("hoa", "quan-2", REFORM)
    assert (moved.valid_from, moved.valid_to) == (REFORM, None)
    assert ("quan-1", START, REFORM) in moves(district, "hoa")
    assert district.events("directory.unit_moved")[-1] == {
        "unit": "hoa",
        "hierarchy": "administrative",
        "parent": "quan-2",
        "valid_from": "2025-07-01",
        "version": 2,
    }
    role, _, subject, before, after = district.audit("unit.moved")[-1]
    assert (role, subject) == ("operator", "hoa")
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["valid_to"], after["parent"]) == ("2025-07-01", "quan-2")


@pytest.mark.parametrize(
    ("unit", "parent", "day", "code"),
    [
        ("hoa", "quan-2", START, "directory.move_exists"),
        ("hoa", "la", REFORM, "directory.wrong_parent"),
        ("hoa", "khong-co", REFORM, "directory.unknown_unit"),
        ("hoa", "quan-2", date(2019, 12, 31), "directory.before_opening"),
        ("khong-co", "quan-2", REFORM, "resource.not_found"),
        ("tinh", "quan-1", REFORM, "directory.cycle"),
        ("tinh", "phong-1", date(2019, 1, 1), "directory.cycle"),
        ("cum", "cum", REFORM, "directory.cycle"),
    ],
)
def test_a_move_that_makes_no_sense_changes_nothing(
    district: Room, unit: str, parent: str, day: date, code: str
) -> None:
    rows = district.rows("SELECT * FROM memberships ORDER BY 1, 2, 4")
    told = len(district.events("directory.unit_moved"))
    with pytest.raises(Problem) as refused:
        district.move(unit, parent, day)
    assert code_of(refused) == code
    assert district.rows("SELECT * FROM memberships ORDER BY 1, 2, 4") == rows
    assert len(district.events("directory.unit_moved")) == told


def test_two_moves_at_once_make_no_cycle(room: Room) -> None:
    for code in ("a", "b"):
        room.unit(code)

    def move(pair: tuple[str, str]) -> str:
        try:
            room.move(*pair, START)
        except Problem as problem:
            return problem.code
        return "moved"

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(both.map(move, [("a", "b"), ("b", "a")]))
    assert outcomes == ["directory.cycle", "moved"]


def test_the_database_itself_refuses_a_second_parent(district: Room) -> None:
    with pytest.raises(IntegrityError, match="ex_memberships_one_parent"):
        district.rows(
            "INSERT INTO memberships VALUES ('hoa', 'administrative', 'quan-2', '2022-01-01')"
        )


def test_a_code_is_taken_by_a_unit_or_a_school(district: Room) -> None:
    for code in ("quan-1", "hoa"):
        with pytest.raises(Problem) as refused:
            district.unit(code)
        assert code_of(refused) == "directory.code_taken"
        with pytest.raises(Problem) as refused:
            district.school(code, administrative="quan-1")
        assert code_of(refused) == "directory.code_taken"


def test_one_sees_what_stands_above_and_below(district: Room) -> None:
    everything = ["cum", "phong-1", "quan-1", "quan-2", "tinh"]
    assert listed(district, OPERATOR) == everything
    officer = district.actor("can.bo", "district_officer", "quan-2")
    assert listed(district, officer) == ["cum", "quan-2", "tinh"]
    head = district.actor("hieu.truong", "principal", "hoa")
    assert listed(district, head) == ["cum", "phong-1", "quan-1", "tinh"]
    assert len(moves(district, "hoa", head)) == 3
    with pytest.raises(Problem) as refused:
        moves(district, "la", head)
    assert code_of(refused) == "resource.not_found"
    stranger = Actor(role="teacher", account_id=uuid4())
    assert listed(district, stranger) == []


def test_who_stood_above_on_a_day_is_told_later_too(district: Room) -> None:
    head = district.actor("hieu.truong", "principal", "hoa")
    district.move("hoa", "quan-2", REFORM)
    eve = REFORM - timedelta(days=1)
    assert "quan-1" in listed(district, head, eve)
    assert "quan-2" not in listed(district, head, eve)
    assert "quan-2" in listed(district, head, REFORM)
    assert "quan-1" not in listed(district, head, REFORM)


def test_units_stand_in_vietnamese_order(room: Room) -> None:
    titles = ["Zét", "Đông", "Đa", "Dương", "Ân", "Ấn", "An"]
    with room.directory.units.for_call(call(OPERATOR)) as work:
        for number, title in enumerate(titles):
            wanted = m.CreateUnit(code=f"u{number}", title=title, kind="office")
            units.create_unit(work, wanted)
    with room.directory.units.for_call(call(OPERATOR)) as work:
        sorted_titles = [unit.title for unit in units.list_units(work, m.ListUnits()).items]
    assert sorted_titles == ["An", "Ân", "Ấn", "Dương", "Đa", "Đông", "Zét"]
