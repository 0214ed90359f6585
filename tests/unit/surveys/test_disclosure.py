"""Nothing that is hidden can be worked out: small tables, all of them, through the real rules.

Who attacks knows the rules, the sizes and names of all parts, and everything that is told anywhere.
Tables that look the same to them are laid side by side: each hidden cell differs in two of them.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain import breaking_down, disclosure, figures, rows, showing
from surveys.domain.disclosure import FEWEST_IN_CLASS, FEWEST_SHOWN, divide, may_tell
from tests.support.small_tables import (
    Case,
    Cell,
    Seen,
    all_alike,
    beside,
    content,
    filtered,
    scales,
    side_by_side,
    was_asked,
)

Levels = dict[str, tuple[str, ...]]
ONE: Levels = {"Q0": ("5",)}
TWO: Levels = {"Q0": ("2", "5")}
P: Levels = {"P": ("yes", "no")}
CASES = [
    Case("two sources, two classes", 2, scales(1), TWO, "ab", "xy", 5),
    Case("two items of a group", 2, scales(2), ONE | {"Q1": ("5",)}, "ab", "xy", 4),
    Case("two items of a group, levels", 2, scales(2), ONE | {"Q1": ("1", "5")}, "a", "xy", 4),
    Case("three small classes", 3, scales(1), ONE, "a", "xyz", 9),
    Case("two levels", 3, scales(1), TWO, "ab", "x", 8),
    Case("a percentage", 2, beside("percent"), ONE | {"Q1": ("40", "90")}, "ab", "x", 4),
    Case("yes or no", 2, beside("yes_no"), ONE | {"Q1": ("yes", "no")}, "a", "xy", 4),
    Case("a filter", 2, filtered(), P | TWO, "ab", "x", 6),
    Case("a filter, two classes", 2, filtered(), P | ONE, "ab", "xy", 4),
    Case("a filter, three classes", 3, filtered(), P | ONE, "a", "xyz", 6),
    Case("an optional filter", 2, filtered(optional=True), P | ONE | {"G": ("no",)}, "a", "xy", 3),
    Case("known sources", 2, scales(1), TWO, "abc", "x", 5, sizes_known=True),
    Case("known sources of three", 3, scales(1), TWO, "ab", "x", 8, sizes_known=True),
    Case("known sources and a filter", 2, filtered(), P | ONE, "abc", "x", 5, sizes_known=True),
]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lower the bounds, so that all tables around them can be looked at."""

    def lower(fewest: int) -> None:
        for module in (breaking_down, disclosure, showing, figures, rows):
            monkeypatch.setattr(module, "FEWEST_SHOWN", fewest)
        monkeypatch.setattr(disclosure.may_tell, "__defaults__", (fewest,))
        monkeypatch.setattr(breaking_down, "FEWEST", {"source": fewest, "class": fewest})

    return lower


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_hidden_cell_has_two_solutions(few: Callable[[int], None], case: Case) -> None:
    few(case.fewest)
    every = side_by_side(case)
    if case.most >= 2 * case.fewest:
        assert any(cell[0] != "total" for seen in every for cell in seen.shown), "some are told"
    hidden = 0
    for seen in every:
        for cell in set(case.cells()) - seen.shown:
            if not any(was_asked(case, table, cell) for table in seen.tables):
                continue  # nobody is there who could have answered, and that is told
            hidden += 1
            solutions = {content(case, table, cell) for table in seen.tables}
            assert len(solutions) > 1 or is_no_secret(case, seen, cell), (cell, seen.tables[0])
    assert hidden > 100


def is_no_secret(case: Case, seen: Seen, cell: Cell) -> bool:
    """Whether a cell that has one solution is told otherwise.

    The size of a part is told where the part is, and of sources always: then a cell of enough
    answers may be known, and one of fewer where the campaign's own total says it of everybody.
    """
    size_told = case.sizes_known or cell[-1] == "P"
    enough = sum(content(case, seen.tables[0], cell)) >= case.fewest
    alike = case.sizes_known and all_alike(case, seen.tables[0], cell)
    return (size_told and enough) or alike


@pytest.mark.parametrize("fewest", [2, 3, 5])
def test_a_part_that_is_not_named_may_have_two_sizes(fewest: int) -> None:
    alike: dict[tuple[int, Any], list[tuple[int, ...]]] = defaultdict(list)
    for sizes in product(range(2 * fewest), repeat=4):
        named = dict(zip("abcd", sizes, strict=True))
        division = divide(named, fewest)
        told = division and (
            tuple((part, named[part]) for part in division.named),
            len(division.pooled),
        )
        alike[sum(sizes), told].append(sizes)
    for (total, told), tables in alike.items():
        names = {part for part, _ in told[0]} if told else set()
        for place, part in enumerate("abcd"):
            found = {sizes[place] for sizes in tables}
            if part not in names and total and found != {0}:  # nobody there: nothing is hidden
                assert len(found) > 1, (part, tables)


@pytest.mark.parametrize("sizes", [(5, 5), (5, 6), (5, 9), (7, 12), (5, 5, 5), (5, 6, 8)])
def test_an_item_that_is_not_told_may_have_two_numbers_in_each_part(sizes: tuple[int, ...]) -> None:
    alike: dict[tuple[int, Any], list[tuple[int, ...]]] = defaultdict(list)
    for valid in product(*(range(size + 1) for size in sizes)):
        if sum(valid) >= FEWEST_SHOWN:
            alike[sum(valid), valid if may_tell(sizes, valid) else None].append(valid)
    for (_, told), tables in alike.items():
        if told is not None:
            assert min(told) >= FEWEST_SHOWN
            continue
        for place in range(len(sizes)):
            assert len({valid[place] for valid in tables}) > 1, tables


@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(0, 60), max_size=9))
def test_what_is_told_of_classes_is_large_and_adds_up(sizes: dict[str, int]) -> None:
    division = divide(sizes, FEWEST_IN_CLASS)
    if division is None:
        return
    assert all(sizes[part] >= FEWEST_IN_CLASS for part in division.named)
    pool = sum(sizes[part] for part in division.pooled)
    assert not division.pooled or pool >= FEWEST_IN_CLASS
    assert pool + sum(sizes[part] for part in division.named) == sum(sizes.values())


def test_usual_schools_are_told() -> None:
    division = divide({"web": 140, "paper": 20}, FEWEST_SHOWN)
    assert division is not None
    assert division.named == ("paper", "web")
    assert divide({"web": 140, "paper": 3}, FEWEST_SHOWN) is None, "3 = 143 - 140"
    classes = divide({"lá 1": 22, "lá 2": 9, "mầm": 6, "chồi": 14}, FEWEST_IN_CLASS)
    assert classes is not None
    assert (classes.named, classes.pooled) == (("chồi", "lá 1"), ("lá 2", "mầm"))
    assert divide({"lá 1": 22, "lá 2": 9, "mầm": 9}, FEWEST_IN_CLASS) is None, "18 = 9 + 9"
    assert divide({"lá 1": 160}, FEWEST_IN_CLASS) is None, "one part is the whole"
