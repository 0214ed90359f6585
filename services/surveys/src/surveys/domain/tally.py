"""Counts of answers, item by item: what is stored of a closed campaign, and what follows from it.

A tally holds (item, answer) → how many. Everything shown is computed from it, so that a result
always agrees with its responses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.events.surveys import ItemCounts
from contracts.forms import NO, YES, Form, Item
from surveys.domain.statistics import LEVELS, Scale


@dataclass(frozen=True)
class Tally:
    """`responses` counts all of them, whatever they answered."""

    form: Form
    responses: int
    numbers: Mapping[tuple[str, str], int]

    def number(self, item: str, answer: str) -> int:
        """Return how many gave this answer to this item."""
        return self.numbers.get((item, answer), 0)

    def scale(self, item: str) -> Scale:
        """Return the valid answers of a five-level item."""
        one, two, three, four, five = (self.number(item, str(level)) for level in LEVELS)
        return Scale((one, two, three, four, five))

    @property
    def overall(self) -> Scale:
        """The item that the target is measured on."""
        return self.scale(self.form.overall)

    @property
    def filtered_out(self) -> int | None:
        """How many the filter excused from the items; None for a form without filter."""
        return self.number(self.form.filter.code, NO) if self.form.filter else None

    @property
    def filter_valid(self) -> int:
        """How many answered the filter; 0 for a form without one."""
        return sum(self.yes_no(self.form.filter.code)) if self.form.filter else 0

    def yes_no(self, item: str) -> tuple[int, int]:
        """Return how many said yes and how many no."""
        return self.number(item, YES), self.number(item, NO)

    def percents(self, item: str) -> tuple[int, int]:
        """Return how many gave a percentage and the sum of what they gave."""
        given = [
            (int(answer), number) for (code, answer), number in self.numbers.items() if code == item
        ]
        return sum(n for _, n in given), sum(percent * n for percent, n in given)

    @property
    def expectation(self) -> Item | None:
        """The item that asks for the share of expectation met, None in a form that doesn't."""
        return next((one for _, one in self.form.placed_items() if one.kind == "percent"), None)

    def valid(self, item: Item) -> int:
        """Return the number of valid answers to an item that is counted."""
        if item.kind == "scale5":
            return self.scale(item.code).valid
        if item.kind == "yes_no":
            return sum(self.yes_no(item.code))
        return self.percents(item.code)[0]

    def shown(self, fewest: int) -> set[str]:
        """Return the counted items with so many valid answers, but the one about demands."""
        return {
            item.code
            for _, item in self.form.placed_items()
            if item.kind != "text" and item.code != self.form.demand and self.valid(item) >= fewest
        }

    def distribution(self) -> tuple[ItemCounts, ...]:
        """Return the exact counts of every five-level item, in the order of the form."""
        return tuple(self._counts(group.code, item) for group, item in self.form.scale_items())

    def overall_counts(self) -> ItemCounts:
        """Return the exact counts of the item that the target is measured on."""
        return next(c for c in self.distribution() if c.item == self.form.overall)

    def _counts(self, group: str, item: Item) -> ItemCounts:
        scale = self.scale(item.code)
        return ItemCounts(
            item=item.code,
            group=group,
            counts=scale.counts,
            not_valid=self.responses - scale.valid,
        )
