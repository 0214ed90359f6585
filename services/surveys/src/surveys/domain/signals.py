"""Signs of pressure on parents: things to look at, never a verdict by themselves.

Each is made of figures that are shown anyway, so it tells nothing that is hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from contracts.rpc.results import Signal
from contracts.rpc.rows import WholeSheet
from surveys.domain.breaking_down import Part
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.figure_rules import FigureRules
from surveys.domain.figures import rate_change
from surveys.domain.statistics import Scale

# Fewer questions than these many parents answer alike by chance.
FEWEST_QUESTIONS = 5
PAPER = "paper"


def signals(
    sheets: int,
    whole: Sequence[WholeSheet],
    days: Mapping[date, int],
    sources: Sequence[Part],
    rules: FigureRules,
) -> Iterator[Signal]:
    """Yield what can be judged: identical sheets, a burst on a day, a gap of the paper slips."""
    if sheets < FEWEST_SHOWN:
        return
    answered = [one for one in whole if sum(map(bool, one.answers)) >= FEWEST_QUESTIONS]
    most = max(answered, key=lambda one: one.number, default=None)
    if most is not None:
        share = 100 * most.number / sheets
        yield Signal(
            kind="identical",
            raised=share >= rules.identical_percent,
            number=most.number,
            total=sheets,
            percent=share,
            bound=rules.identical_percent,
        )
    if len(days) >= rules.burst_days:
        day = max(days, key=lambda one: (days[one], one))
        share = 100 * days[day] / sheets
        yield Signal(
            kind="burst",
            raised=share >= rules.burst_percent,
            number=days[day],
            total=sheets,
            percent=share,
            bound=rules.burst_percent,
            day=day,
        )
    yield from _paper_gap(sources)


def _paper_gap(sources: Sequence[Part]) -> Iterator[Signal]:
    paper = [one.tally.overall for one in sources if one.name == PAPER]
    others = [one.tally.overall for one in sources if one.name != PAPER]
    gap = rate_change(PAPER, Scale.pooled(others), Scale.pooled(paper))
    if paper and gap is not None and gap.low is not None and gap.high is not None:
        yield Signal(
            kind="paper_gap",
            raised=gap.low > 0 or gap.high < 0,
            points=gap.points,
            low=gap.low,
            high=gap.high,
        )
