"""Nothing that is hidden can be worked out: small tables, all of them, through the real rules.

Who attacks knows the rules, the sizes and names of all parts, and everything that is told anywhere.
Tables that look the same to them are laid side by side: each hidden cell differs in two of them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.forms import Form, Group, Item, Words
from contracts.rpc.results import Dimension
from surveys.domain import breaking_down, disclosure, figures, rows, showing
from surveys.domain.breaking_down import cut
from surveys.domain.disclosure import FEWEST_IN_CLASS, FEWEST_SHOWN, divide, may_tell
from surveys.domain.rows import column_rest, linked_items, row_items, sheet_of, spared
from surveys.domain.showing import show_results, show_standing
from surveys.domain.tally import Tally

W = Words(vi="x", en="x")
DIMENSIONS: tuple[Dimension, ...] = ("source", "class")
# (source, class, answers in the order of the form's items; "" is none)
Sheet = tuple[str, str, tuple[str, ...]]


def form(items: int) -> Form:
    questions = tuple(Item(code=f"Q{n}", kind="scale5", words=W) for n in range(items))
    group = Group(code="all", words=W, items=questions)
    return Form(kind="care", version=1, words=W, intro=W, groups=(group,), overall="Q0")


def tally_of(asked: Form, sheets: list[Sheet]) -> Tally:
    codes = [item.code for _, item in asked.placed_items()]
    numbers = Counter(
        (code, answer)
        for _, _, answers in sheets
        for code, answer in zip(codes, answers, strict=True)
        if answer
    )
    return Tally(asked, len(sheets), numbers)


def part_of(sheet: Sheet, dimension: Dimension) -> str:
    """The source or class of a sheet."""
    return sheet[0] if dimension == "source" else sheet[1]


def everything_told(asked: Form, sheets: list[Sheet]) -> tuple[object, set[tuple[str, ...]]]:
    """All views of a campaign together, and the names of the cells that they show."""
    whole = tally_of(asked, sheets)
    tallies: dict[Dimension, Mapping[str, Tally]] = {
        dimension: {
            part: tally_of(asked, [one for one in sheets if part_of(one, dimension) == part])
            for part in {part_of(one, dimension) for one in sheets}
        }
        for dimension in DIMENSIONS
    }
    cuts = cut(whole, tallies)
    linked = linked_items(whole, cuts)
    answers = [dict(zip(("Q0", "Q1"), one[2], strict=False)) for one in sheets]
    alike = Counter(sheet_of(linked, one) for one in answers)
    fewest = disclosure.FEWEST_SHOWN
    together = spared({s: n for s, n in alike.items() if n >= fewest}, len(sheets))
    breakdowns = figures.show_breakdowns(asked, cuts, DIMENSIONS)
    told = (
        len(sheets),
        show_standing(whole, 95, None),
        show_results(whole, improper_demands=0, with_demand_item=True),
        breakdowns,
        together,
        [(one.code, column_rest(whole, one, linked, together)) for one in row_items(whole)],
    )
    shown: set[tuple[str, ...]] = {("total", code) for code in whole.shown(fewest)}
    shown |= {
        (one.by, part.name, figure.code)
        for one in breakdowns
        for part in one.parts
        if part.name is not None
        for figure in part.items
    }
    return repr(told), shown


def cells(asked: Form, parts: Mapping[Dimension, str]) -> Iterator[tuple[str, ...]]:
    """The names of all cells: a campaign's items, and each item in each source and class.

    The only part of a dimension is the whole campaign, which has its cell already.
    """
    for _, item in asked.placed_items():
        yield ("total", item.code)
        for dimension, names in parts.items():
            if len(names) > 1:
                yield from ((dimension, name, item.code) for name in names)


def content(asked: Form, sheets: list[Sheet], cell: tuple[str, ...]) -> tuple[int, ...]:
    """What stands in a cell: how many gave each level."""
    for dimension in DIMENSIONS:
        if cell[0] == dimension:
            sheets = [one for one in sheets if part_of(one, dimension) == cell[1]]
    return tally_of(asked, sheets).scale(cell[-1]).counts


def answered(sheets: list[Sheet], cell: tuple[str, ...]) -> bool:
    """Whether somebody is in the part that a cell is of."""
    if cell[0] == "total":
        return True
    return any(cell[:2] in {("source", one[0]), ("class", one[1])} for one in sheets)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lower the bounds, so that all tables around them can be looked at."""

    def lower(fewest: int) -> None:
        for module in (breaking_down, disclosure, showing, figures, rows):
            monkeypatch.setattr(module, "FEWEST_SHOWN", fewest)
        monkeypatch.setattr(disclosure.may_tell, "__defaults__", (fewest,))
        monkeypatch.setattr(breaking_down, "FEWEST", {"source": fewest, "class": fewest})

    return lower


@dataclass(frozen=True)
class Case:
    """All tables of at most `most` sheets over these parts and levels ("" is no answer)."""

    fewest: int
    items: int
    levels: tuple[str, ...]
    sources: str
    classes: str
    most: int


@pytest.mark.parametrize(
    "case",
    [
        Case(2, 1, ("", "2", "5"), "ab", "xy", 5),
        Case(2, 2, ("", "5"), "ab", "xy", 4),
        Case(3, 1, ("", "5"), "abc", "x", 9),
        Case(3, 1, ("", "2", "5"), "ab", "x", 8),
    ],
    ids=str,
)
def test_every_hidden_cell_has_two_solutions(few: Callable[[int], None], case: Case) -> None:
    few(case.fewest)
    asked = form(case.items)
    answers = list(product(case.levels, repeat=case.items))
    kinds = list(product(case.sources, case.classes, answers))
    alike: dict[object, list[list[Sheet]]] = defaultdict(list)
    shown: dict[object, set[tuple[str, ...]]] = {}
    for size in range(1, case.most + 1):
        for chosen in combinations_with_replacement(kinds, size):
            told, seen = everything_told(asked, list(chosen))
            alike[told].append(list(chosen))
            shown[told] = seen
    parts: dict[Dimension, str] = {"source": case.sources, "class": case.classes}
    assert any(cell[0] == "source" for seen in shown.values() for cell in seen), "some are told"
    hidden = 0
    for told, tables in alike.items():
        for cell in set(cells(asked, parts)) - shown[told]:
            if not any(answered(table, cell) for table in tables):
                continue  # nobody is in this part, and that is told: nothing is hidden
            hidden += 1
            assert len({content(asked, table, cell) for table in tables}) > 1, (cell, tables[0])
    assert hidden > 100


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
