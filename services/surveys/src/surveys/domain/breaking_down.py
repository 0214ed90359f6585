"""A closed campaign part by part: by source and by class, as far as disclosure control lets it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contracts.forms import YES, Form, Item
from contracts.rpc.results import Dimension
from surveys.domain.disclosure import FEWEST_IN_CLASS, FEWEST_SHOWN, divide, may_tell
from surveys.domain.tally import Tally

FEWEST: Final[Mapping[Dimension, int]] = {"source": FEWEST_SHOWN, "class": FEWEST_IN_CLASS}
# How many sheets came from paper stands in the list of batches, so nothing of it can be pooled.
SIZES_KNOWN: Final[frozenset[Dimension]] = frozenset({"source"})
# What was answered without naming a class is a part of its own.
NO_CLASS: Final = ""


@dataclass(frozen=True)
class Part:
    """One part: `name` is None for the pool of `pooled` small ones."""

    name: str | None
    pooled: int
    tally: Tally

    @property
    def asked(self) -> int:
        """How many sheets came to the items: those that the filter let through."""
        return asked(self.tally)


def asked(tally: Tally) -> int:
    """Return how many were asked the items that are broken down."""
    form = tally.form
    return tally.number(form.filter.code, YES) if form.filter else tally.responses


@dataclass(frozen=True)
class Cuts:
    """The dimensions that are told, each with its parts, and the items told in every one."""

    parts: Mapping[Dimension, Sequence[Part]]
    items: frozenset[str]


def cut(whole: Tally, tallies: Mapping[Dimension, Mapping[str, Tally]]) -> Cuts:
    """Break a campaign down; `tallies` is dimension → part → counts, each summing up to `whole`.

    An item is told in all dimensions or in none: what one keeps back the other can't give away.
    """
    parts = {
        dimension: told
        for dimension, by_part in tallies.items()
        if (told := _parts(whole.form, dimension, by_part))
    }
    candidates = [item for item in counted(whole.form) if whole.valid(item) >= FEWEST_SHOWN]
    told_items = frozenset(
        item.code
        for item in candidates
        if all(
            may_tell([one.asked for one in told], [one.tally.valid(item) for one in told])
            for told in parts.values()
        )
    )
    return Cuts(parts, told_items)


def counted(form: Form) -> Iterable[Item]:
    """Return the items that are broken down: those that everybody in `asked` was asked.

    Not the one about improper demands: its reports are read one by one, by few.
    """
    filtered = form.filter is not None
    return [
        item
        for group, item in form.placed_items()
        if item.kind != "text" and item.code != form.demand and group.filtered == filtered
    ]


def _parts(form: Form, dimension: Dimension, by_part: Mapping[str, Tally]) -> Sequence[Part]:
    fewest = FEWEST[dimension]
    sizes = {name: asked(tally) for name, tally in by_part.items() if tally.responses}
    if dimension in SIZES_KNOWN and any(size < fewest for size in sizes.values()):
        return ()
    division = divide(sizes, fewest)
    if division is None:
        return ()
    told = [Part(name, 0, by_part[name]) for name in division.named]
    if division.pooled:
        pool = _together(form, [by_part[name] for name in division.pooled])
        told.append(Part(None, len(division.pooled), pool))
    return told


def _together(form: Form, tallies: Sequence[Tally]) -> Tally:
    numbers: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        numbers.update(tally.numbers)
    return Tally(form, sum(tally.responses for tally in tallies), numbers)
