"""Statistics of few runs: medians with their spread, percentiles of many latencies."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """What several runs gave: the median, the lowest, the highest."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return "880 (850-910)"; one decimal below 100, none above, rounded the same way."""
        if self.low == self.high:
            return _short(self.median)
        return f"{_short(self.median)} ({_short(self.low)}-{_short(self.high)})"


def spread(values: Iterable[float | None]) -> Spread | None:
    """Return the spread of what was measured; None when nothing was."""
    known = [value for value in values if value is not None]
    return Spread(median(known), min(known), max(known)) if known else None


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least so many percent don't exceed (nearest rank).

    Raises `ValueError` when there are none.
    """
    if not values:
        raise ValueError("no values")
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def ratio(ours: Spread | None, theirs: Spread | None) -> float | None:
    """Return how many times theirs ours is, by medians."""
    if ours is None or theirs is None or theirs.median == 0:
        return None
    return ours.median / theirs.median


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
