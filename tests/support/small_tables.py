"""All small tables of a campaign, through the real rules, as whoever sees every view finds them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, product
from typing import Final

from contracts.forms import YES, Form, Group, Item, ItemKind, Words
from contracts.rpc.results import Dimension
from surveys.domain import disclosure, figures
from surveys.domain.breaking_down import cut
from surveys.domain.rows import column_rest, linked_items, row_items, sheet_of, spared
from surveys.domain.showing import show_results, show_standing
from surveys.domain.tally import Tally

W: Final = Words(vi="x", en="x")
DIMENSIONS: Final[tuple[Dimension, ...]] = ("source", "class")
BLANK: Final = ""
# (source, class, answers in the order of the form's codes; "" is none)
Sheet = tuple[str, str, tuple[str, ...]]
Cell = tuple[str, ...]


def scales(number: int) -> Form:
    """A form with so many five-level items in one group."""
    items = tuple(Item(code=f"Q{n}", kind="scale5", words=W) for n in range(number))
    return Form(
        kind="care",
        version=1,
        words=W,
        intro=W,
        groups=(Group(code="all", words=W, items=items),),
        overall="Q0",
    )


def beside(kind: ItemKind) -> Form:
    """The overall item and one of another kind, in the same group."""
    items = (Item(code="Q0", kind="scale5", words=W), Item(code="Q1", kind=kind, words=W))
    group = Group(code="all", words=W, items=items)
    return scales(1).model_copy(update={"groups": (group,)})


def filtered(*, optional: bool = False) -> Form:
    """A form with a filter; where it is `optional`, there is a question for everybody as well."""
    own = Item(code="P", kind="yes_no", words=W, required=not optional)
    behind = scales(1).groups[0].model_copy(update={"filtered": True})
    everybody = Group(code="more", words=W, items=(Item(code="G", kind="yes_no", words=W),))
    groups = (behind, everybody) if optional else (behind,)
    return scales(1).model_copy(update={"filter": own, "groups": groups})


def sheets_of(form: Form, levels: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Every way to fill the form in; `levels` are the answers to each item beside none.

    A sheet without any is one that says something in words.
    """
    behind = [item.code for group, item in form.placed_items() if group.filtered]
    own = form.filter
    ways = []
    for answers in product(*((BLANK, *levels[code]) for code in codes(form))):
        given = dict(zip(codes(form), answers, strict=True))
        skipped = own is not None and given[own.code] != YES and any(given[one] for one in behind)
        missing = own is not None and own.required and not given[own.code]
        if not skipped and not missing:
            ways.append(answers)
    return ways


def codes(form: Form) -> list[str]:
    """The filter's and the items' codes."""
    own = [form.filter.code] if form.filter is not None else []
    return own + [item.code for _, item in form.placed_items()]


@dataclass(frozen=True)
class Case:
    """All tables of at most `most` sheets over these parts.

    `sizes_known`: whoever looks knows how many sheets came from each source.
    """

    name: str
    fewest: int
    form: Form
    levels: Mapping[str, tuple[str, ...]]
    sources: str
    classes: str
    most: int
    sizes_known: bool = False

    def __str__(self) -> str:
        return self.name

    def tables(self) -> Iterator[list[Sheet]]:
        """Every table, as its sheets."""
        kinds = list(product(self.sources, self.classes, sheets_of(self.form, self.levels)))
        for size in range(1, self.most + 1):
            yield from map(list, combinations_with_replacement(kinds, size))

    def cells(self) -> Iterator[Cell]:
        """A campaign's items and its filter, each as a whole and in each source and class.

        The only part of a dimension is the whole campaign, which has its cell already.
        """
        for code in codes(self.form):
            yield ("total", code)
            for dimension, names in (("source", self.sources), ("class", self.classes)):
                if len(names) > 1:
                    yield from ((dimension, name, code) for name in names)


@dataclass
class Seen:
    """Tables that look the same, and the cells that all of them show."""

    tables: list[list[Sheet]] = field(default_factory=list)
    shown: set[Cell] = field(default_factory=set)


def side_by_side(case: Case) -> list[Seen]:
    """Lay all tables that look the same side by side."""
    found: dict[object, Seen] = defaultdict(Seen)
    for table in case.tables():
        told, shown = everything_told(case, table)
        found[told].tables.append(table)
        found[told].shown = shown
    return list(found.values())


def everything_told(case: Case, sheets: list[Sheet]) -> tuple[object, set[Cell]]:
    """All views of a campaign together, and the cells that they show."""
    form, fewest = case.form, disclosure.FEWEST_SHOWN
    whole = tally_of(form, sheets)
    cuts = cut(whole, {one: _parts(form, sheets, one) for one in DIMENSIONS})
    results = show_results(whole, improper_demands=0, with_demand_item=True)
    breakdowns = figures.show_breakdowns(form, cuts, DIMENSIONS)
    told = (
        len(sheets),
        show_standing(whole, 95, None),
        results,
        figures.expectation(whole),
        breakdowns,
        _rows(sheets, whole, linked_items(whole, cuts)) if len(sheets) >= fewest else None,
        sorted(Counter(one[0] for one in sheets).items()) if case.sizes_known else None,
    )
    shown: set[Cell] = {("total", one.item) for one in results.items if not one.hidden}
    if form.filter is not None and results.filtered_out is not None:
        shown.add(("total", form.filter.code))
    for one in breakdowns:
        for part in one.parts:
            if part.name is not None:
                shown |= {(one.by, part.name, figure.code) for figure in part.items}
    return repr(told), shown


def _parts(form: Form, sheets: list[Sheet], dimension: Dimension) -> dict[str, Tally]:
    names = {part_of(one, dimension) for one in sheets}
    return {
        name: tally_of(form, [one for one in sheets if part_of(one, dimension) == name])
        for name in names
    }


def _rows(sheets: list[Sheet], whole: Tally, linked: Sequence[Item]) -> object:
    named = codes(whole.form)
    answers = [dict(zip(named, one[2], strict=True)) for one in sheets]
    alike = Counter(sheet_of(linked, one) for one in answers)
    fewest = disclosure.FEWEST_SHOWN
    together = spared({s: n for s, n in alike.items() if n >= fewest}, len(sheets))
    columns = [(one.code, column_rest(whole, one, linked, together)) for one in row_items(whole)]
    return together, columns


def tally_of(form: Form, sheets: list[Sheet]) -> Tally:
    """Count sheets."""
    named = codes(form)
    numbers = Counter(
        (code, answer)
        for _, _, answers in sheets
        for code, answer in zip(named, answers, strict=True)
        if answer
    )
    return Tally(form, len(sheets), numbers)


def part_of(sheet: Sheet, dimension: str) -> str:
    """The source or class of a sheet."""
    return sheet[0] if dimension == "source" else sheet[1]


def inside(table: list[Sheet], cell: Cell) -> list[Sheet]:
    """The sheets of the part that a cell is of."""
    if cell[0] == "total":
        return table
    return [one for one in table if part_of(one, cell[0]) == cell[1]]


def content(case: Case, table: list[Sheet], cell: Cell) -> tuple[int, ...]:
    """What stands in a cell: how many gave each answer."""
    tally = tally_of(case.form, inside(table, cell))
    return tuple(tally.number(cell[-1], answer) for answer in case.levels[cell[-1]])


def was_asked(case: Case, table: list[Sheet], cell: Cell) -> bool:
    """Whether anybody in the part that a cell is of was asked what it counts."""
    form = case.form
    behind = {item.code for group, item in form.placed_items() if group.filtered}
    if form.filter is None or cell[-1] not in behind:
        return bool(inside(table, cell))
    return tally_of(form, inside(table, cell)).number(form.filter.code, YES) > 0


def all_alike(case: Case, table: list[Sheet], cell: Cell) -> bool:
    """Whether everybody in the campaign answered alike what a cell counts."""
    place = codes(case.form).index(cell[-1])
    given = {one[2][place] for one in table if was_asked(case, [one], ("total", cell[-1]))}
    return len(given) == 1
