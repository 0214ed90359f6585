"""Who stands under whom, by date: several hierarchies beside each other, each a forest each day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from contracts.events.directory import Hierarchy


@dataclass(frozen=True)
class Membership:
    """`unit` stands under `parent` from `valid_from` on, until the day before `valid_to`."""

    unit: str
    hierarchy: Hierarchy
    parent: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the row is true on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Placement:
    """What a move changes: one row is new, and the one that held until then is cut."""

    placed: Membership
    cut: Membership | None


class Occupied(Exception):
    """A row of the same unit and hierarchy begins on that very day."""

    def __init__(self, row: Membership) -> None:
        super().__init__(row)
        self.row = row


def place(
    rows: Iterable[Membership], unit: str, hierarchy: Hierarchy, parent: str, valid_from: date
) -> Placement:
    """Return what it takes that `unit` stands under `parent` from `valid_from` on.

    The row that holds on that day is cut there; the new one ends where the next known one begins.
    Raises `Occupied`.
    """
    own = [row for row in rows if row.unit == unit and row.hierarchy == hierarchy]
    for row in own:
        if row.valid_from == valid_from:
            raise Occupied(row)
    later = [row.valid_from for row in own if row.valid_from > valid_from]
    placed = Membership(unit, hierarchy, parent, valid_from, min(later, default=None))
    held = next((row for row in own if row.holds_on(valid_from)), None)
    return Placement(placed, held and replace(held, valid_to=valid_from))


def apply(rows: Iterable[Membership], placement: Placement) -> list[Membership]:
    """Return the rows after a placement."""
    cut = placement.cut
    kept = [
        cut if cut and _key(row) == _key(cut) and row.valid_from == cut.valid_from else row
        for row in rows
    ]
    return [*kept, placement.placed]


def cycle_day(rows: Collection[Membership], placed: Membership) -> date | None:
    """Return the first day on which `placed` makes its unit stand under itself, or None.

    `rows` are those after the placement. A cycle can only begin on a day on which a row begins.
    """
    by_unit = _by_unit(row for row in rows if row.hierarchy == placed.hierarchy)
    begins = {row.valid_from for row in rows if placed.holds_on(row.valid_from)}
    for day in sorted(begins | {placed.valid_from}):
        if placed.unit in _upwards(by_unit, placed.parent, day):
            return day
    return None


def parents_on(rows: Iterable[Membership], day: date) -> dict[Hierarchy, str]:
    """Return hierarchy → parent of the one unit that the rows are about."""
    return {row.hierarchy: row.parent for row in rows if row.holds_on(day)}


def related(rows: Collection[Membership], codes: Iterable[str], day: date) -> set[str]:
    """Return the codes with everything above and below them on a day, in any hierarchy."""
    start = set(codes)
    found = set(start)
    for hierarchy in {row.hierarchy for row in rows}:
        edges = [row for row in rows if row.hierarchy == hierarchy and row.holds_on(day)]
        up, down = defaultdict(set), defaultdict(set)
        for row in edges:
            up[row.unit].add(row.parent)
            down[row.parent].add(row.unit)
        found |= _reached(up, start) | _reached(down, start)
    return found


def _reached(steps: dict[str, set[str]], start: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        for code in steps.get(waiting.pop(), set()) - seen:
            seen.add(code)
            waiting.append(code)
    return seen


def _key(row: Membership) -> tuple[str, str]:
    return row.unit, row.hierarchy


def _by_unit(rows: Iterable[Membership]) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return found


def _upwards(by_unit: dict[str, list[Membership]], start: str, day: date) -> Iterator[str]:
    """Yield `start` and what stands above it; stops where it has been."""
    seen: set[str] = set()
    code: str | None = start
    while code is not None and code not in seen:
        seen.add(code)
        yield code
        code = next((row.parent for row in by_unit.get(code, ()) if row.holds_on(day)), None)
