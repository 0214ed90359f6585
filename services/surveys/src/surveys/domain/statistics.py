"""Rates that a statistician accepts: exact counts in, exact fractions out.

The rules stand in the plan (R2) and in the ministry's method: rate = answers 4 or 5 ÷ valid
answers; mean = sum ÷ valid; counts are pooled, percentages never averaged; the verdict follows
the observed rate, unrounded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, sqrt
from typing import Self

from contracts.events.surveys import Verdict

# The square of the normal quantile at 97.5 %: two-sided 95 %.
Z_SQUARED = Fraction("3.8414588206941236")
LEVELS = (1, 2, 3, 4, 5)
LevelCounts = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Scale:
    """How many chose each of the five levels. Blanks and "không có ý kiến" are not in it."""

    counts: LevelCounts = (0, 0, 0, 0, 0)

    @classmethod
    def pooled(cls, scales: Iterable[Self]) -> "Scale":
        """Return the counts of all of them together, as if they had been one survey."""
        total = [0, 0, 0, 0, 0]
        for scale in scales:
            total = [a + b for a, b in zip(total, scale.counts, strict=True)]
        return Scale((total[0], total[1], total[2], total[3], total[4]))

    @property
    def valid(self) -> int:
        """The number of valid answers."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """The number of answers 4 and 5."""
        return self.counts[3] + self.counts[4]

    @property
    def very_satisfied(self) -> int:
        """The number of answers 5."""
        return self.counts[4]

    @property
    def rate(self) -> Fraction | None:
        """The satisfied share of the valid answers, 0–1; None when there are none."""
        return Fraction(self.satisfied, self.valid) if self.valid else None

    @property
    def very_satisfied_share(self) -> Fraction | None:
        """The very satisfied share of the valid answers, 0–1."""
        return Fraction(self.very_satisfied, self.valid) if self.valid else None

    @property
    def mean(self) -> Fraction | None:
        """The mean level, 1–5."""
        if not self.valid:
            return None
        total = sum(level * n for level, n in zip(LEVELS, self.counts, strict=True))
        return Fraction(total, self.valid)


def wilson(satisfied: int, valid: int) -> tuple[float, float] | None:
    """Return the 95 % Wilson score interval of a share, 0–1; None without valid answers.

    The two roots of (p̂ − p)² = z²·p(1 − p)/n, solved for p (Wilson 1927).
    """
    if not valid:
        return None
    n, z2 = float(valid), float(Z_SQUARED)
    share = satisfied / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    low = 0.0 if satisfied == 0 else max(0.0, middle - half)
    high = 1.0 if satisfied == valid else min(1.0, middle + half)
    return low, high


def verdict(scale: Scale, target_percent: int) -> Verdict:
    """Return how the observed rate stands to the target; 94.96 % is below 95 %."""
    if scale.rate is None:
        return "no_answers"
    return "met" if scale.rate * 100 >= target_percent else "not_met"


def conclusive(scale: Scale, target_percent: int) -> bool:
    """Whether the Wilson interval leaves the target on one side, decided in exact arithmetic.

    The target lies inside the interval exactly when it fulfils the score inequality itself.
    """
    if scale.rate is None:
        return False
    target = Fraction(target_percent, 100)
    distance = (scale.rate - target) ** 2 * scale.valid
    return distance > Z_SQUARED * target * (1 - target)


def difference(before: Scale, now: Scale) -> tuple[float, float, float] | None:
    """Return by how much the rate grew, with its 95 % interval, all from -1 to 1.

    None where one of them has no valid answers. The interval is made of the two Wilson intervals
    (Newcombe 1998, method 10).
    """
    old, new = before.rate, now.rate
    was, is_now = wilson(before.satisfied, before.valid), wilson(now.satisfied, now.valid)
    if old is None or new is None or was is None or is_now is None:
        return None
    grown = float(new - old)
    down = hypot(float(new) - is_now[0], was[1] - float(old))
    up = hypot(is_now[1] - float(new), float(old) - was[0])
    return grown, grown - down, grown + up
