"""Rates of satisfaction from exact counts, pooled by adding counts, never by averaging."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Counts:
    """Of `valid` answers `satisfied` are 4 or 5, `very_satisfied` are 5."""

    valid: int
    satisfied: int
    very_satisfied: int

    @property
    def percent(self) -> float | None:
        """Satisfied in percent, unrounded; None where nothing is valid."""
        return 100 * self.satisfied / self.valid if self.valid else None

    @property
    def very_satisfied_percent(self) -> float | None:
        """Very satisfied in percent, unrounded; None where nothing is valid."""
        return 100 * self.very_satisfied / self.valid if self.valid else None

    @property
    def wilson(self) -> tuple[float, float] | None:
        """The 95 % Wilson score interval of `percent`, in percent."""
        if not self.valid:
            return None
        n, p, z = self.valid, self.satisfied / self.valid, Z_95
        middle = p + z * z / (2 * n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 100 / (1 + z * z / n)
        return max(0.0, scale * (middle - half)), min(100.0, scale * (middle + half))


def pooled(counts: Iterable[Counts]) -> Counts:
    """Return the counts of several groups as one."""
    listed = list(counts)
    return Counts(
        sum(one.valid for one in listed),
        sum(one.satisfied for one in listed),
        sum(one.very_satisfied for one in listed),
    )
