"""Hierarchies by date: one parent at most and no cycle, on every day, whatever is moved when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.directory import Hierarchy
from directory.domain.hierarchies import (
    Membership,
    Occupied,
    apply,
    cycle_day,
    parents_on,
    place,
    related,
)

D0 = date(2020, 1, 1)
CODES = ["a", "b", "c", "d", "e"]
Wish = tuple[str, Hierarchy, str, int]
wishes = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(["administrative", "cluster"]),
        st.sampled_from(CODES),
        st.integers(0, 12),
    ),
    max_size=25,
)


def day(number: int) -> date:
    return D0 + timedelta(days=number)


def play(asked: list[Wish]) -> list[Membership]:
    """Move as the use case does: what is occupied or makes a cycle is refused."""
    rows: list[Membership] = []
    for unit, hierarchy, parent, number in asked:
        try:
            placement = place(rows, unit, hierarchy, parent, day(number))
        except Occupied:
            continue
        after = apply(rows, placement)
        if cycle_day(after, placement.placed) is None:
            rows = after
    return rows


@given(wishes)
def test_each_day_a_unit_has_one_parent_at_most(asked: list[Wish]) -> None:
    rows = play(asked)
    for number in range(15):
        held = [(row.unit, row.hierarchy) for row in rows if row.holds_on(day(number))]
        assert len(held) == len(set(held))


@given(wishes)
def test_each_day_nobody_stands_under_themselves(asked: list[Wish]) -> None:
    rows = play(asked)
    for number in range(15):
        for hierarchy in ("administrative", "cluster"):
            up = {
                row.unit: row.parent
                for row in rows
                if row.hierarchy == hierarchy and row.holds_on(day(number))
            }
            for start in up:
                code, steps = start, 0
                while code in up:
                    code, steps = up[code], steps + 1
                    assert steps <= len(CODES)


@given(wishes)
def test_a_refused_move_would_have_made_a_cycle_on_the_named_day(asked: list[Wish]) -> None:
    rows = play(asked[:-1])
    if not asked:
        return
    unit, hierarchy, parent, number = asked[-1]
    try:
        placement = place(rows, unit, hierarchy, parent, day(number))
    except Occupied:
        return
    after = apply(rows, placement)
    found = cycle_day(after, placement.placed)
    if found is None:
        return
    up = {r.unit: r.parent for r in after if r.hierarchy == hierarchy and r.holds_on(found)}
    code = parent
    for _ in CODES:
        if code == unit:
            break
        code = up[code]
    assert code == unit


@given(wishes)
def test_once_placed_a_unit_is_never_without_parent_again(asked: list[Wish]) -> None:
    rows = play(asked)
    for unit, hierarchy in {(row.unit, row.hierarchy) for row in rows}:
        own = [row for row in rows if (row.unit, row.hierarchy) == (unit, hierarchy)]
        first = min(row.valid_from for row in own)
        assert all(any(row.holds_on(first + timedelta(n)) for row in own) for n in range(20))


def test_a_move_cuts_the_row_of_then_and_ends_where_the_next_begins() -> None:
    rows = [
        Membership("hoa", "administrative", "quan", day(0), day(100)),
        Membership("hoa", "administrative", "phuong", day(100)),
    ]
    placement = place(rows, "hoa", "administrative", "xa", day(40))
    assert placement.placed == Membership("hoa", "administrative", "xa", day(40), day(100))
    assert placement.cut == Membership("hoa", "administrative", "quan", day(0), day(40))
    after = apply(rows, placement)
    assert [parents_on(after, day(n)) for n in (39, 40, 99, 100)] == [
        {"administrative": "quan"},
        {"administrative": "xa"},
        {"administrative": "xa"},
        {"administrative": "phuong"},
    ]


def test_a_move_before_the_first_row_lasts_until_it() -> None:
    rows = [Membership("hoa", "cluster", "cum-2", day(10))]
    placement = place(rows, "hoa", "cluster", "cum-1", day(0))
    assert (placement.placed.valid_to, placement.cut) == (day(10), None)


def test_two_moves_on_one_day_contradict() -> None:
    rows = [Membership("hoa", "cluster", "cum-1", day(10))]
    with pytest.raises(Occupied):
        place(rows, "hoa", "cluster", "cum-2", day(10))
    assert place(rows, "hoa", "professional", "cum-2", day(10)).cut is None


def test_a_cycle_that_begins_later_is_found() -> None:
    rows = [Membership("a", "cluster", "b", day(50)), Membership("b", "cluster", "c", day(0))]
    early = place(rows, "c", "cluster", "a", day(0))
    assert cycle_day(apply(rows, early), early.placed) == day(50)
    itself = place([], "a", "cluster", "a", day(7))
    assert cycle_day(apply([], itself), itself.placed) == day(7)


def test_hierarchies_do_not_mix() -> None:
    rows = [
        Membership("hoa", "professional", "phong", day(0)),
        Membership("phong", "administrative", "quan", day(0)),
        Membership("la", "administrative", "quan", day(0)),
    ]
    assert related(rows, ["hoa"], day(0)) == {"hoa", "phong"}
    assert related(rows, ["quan"], day(0)) == {"quan", "phong", "la"}
    assert related(rows, ["quan"], D0 - timedelta(days=1)) == {"quan"}
