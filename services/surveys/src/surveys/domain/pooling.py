"""Many campaigns as one: their counts are added up, percentages never averaged.

Only what a campaign shows by itself is added. So a total is made of figures that whoever reads it
may see one by one, and tells nothing of a campaign that is too small, whatever the scope of the
reader was, is or will be.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contracts.forms import Form, Item, Words
from contracts.results import Rate
from contracts.rpc.league import Pooled
from contracts.rpc.results import Figure
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.figures import item_figure, pooled_scale, scales_of
from surveys.domain.showing import show_rate
from surveys.domain.statistics import Scale
from surveys.domain.tally import Tally


@dataclass(frozen=True)
class Pool:
    """The tallies of campaigns with the same form version."""

    form: Form
    tallies: Sequence[Tally]

    def items(self) -> Iterator[Pooled]:
        """Yield the items that some campaign shows."""
        for _, item in self.form.placed_items():
            showing = self._showing([item.code])
            if showing:
                yield _pooled(item_figure(_sum(self.form, showing), item), item.words, showing)

    def groups(self) -> Iterator[Pooled]:
        """Yield the groups that some campaign shows whole."""
        for group in self.form.groups:
            codes = scales_of(self.form).get(group.code, ())
            showing = self._showing(codes) if codes else []
            if showing:
                scale = pooled_scale(_sum(self.form, showing), codes)
                figure = Figure(code=group.code, valid=scale.valid, rate=show_rate(scale))
                yield _pooled(figure, group.words, showing)

    def expectation(self) -> float | None:
        """Return the mean share of expectation met, in percent, of those that show one."""
        item: Item | None = Tally(self.form, 0, {}).expectation
        found = {one.code: one.mean for one in self.items()}
        return found.get(item.code) if item is not None else None

    def _showing(self, codes: Iterable[str]) -> list[Tally]:
        wanted = set(codes)
        return [one for one in self.tallies if wanted <= one.shown(FEWEST_SHOWN)]


def overall_rate(tallies: Iterable[Tally]) -> Rate | None:
    """Return the overall item pooled over the campaigns that show it, whatever their version."""
    shown = [one.overall for one in tallies if one.overall.valid >= FEWEST_SHOWN]
    return show_rate(Scale.pooled(shown)) if shown else None


def places(rates: Mapping[str, float]) -> dict[str, int]:
    """Return name → place, the highest rate first; equal rates share a place."""
    ordered = sorted(rates.values(), reverse=True)
    return {name: ordered.index(rate) + 1 for name, rate in rates.items()}


def _sum(form: Form, tallies: Sequence[Tally]) -> Tally:
    numbers: Counter[tuple[str, str]] = Counter()
    for one in tallies:
        numbers.update(one.numbers)
    return Tally(form, sum(one.responses for one in tallies), numbers)


def _pooled(figure: Figure, words: Words, showing: Sequence[Tally]) -> Pooled:
    return Pooled(**dict(figure), words=words, schools=len(showing))
