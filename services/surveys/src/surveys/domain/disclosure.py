"""What may be told of the parts of a campaign so that nothing hidden can be worked out.

Decision 0014 has the rules and their proof. Whoever looks knows the rules, every other figure that
is told, and that a hidden cell is small: still each hidden cell has at least two solutions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Personal data: a cell is told from so many valid answers on.
FEWEST_SHOWN: Final = 5
# A class is told by its name from so many sheets on.
FEWEST_IN_CLASS: Final = 10


@dataclass(frozen=True)
class Division:
    """The parts that are told: `named` one by one, `pooled` together and without their names."""

    named: tuple[str, ...]
    pooled: tuple[str, ...]


def divide(sizes: Mapping[str, int], fewest: int) -> Division | None:
    """Return the parts to tell of `sizes` (part → how many sheets), None where there are none.

    Parts below `fewest` are pooled. The pool has to be large enough to be told itself, and its sum
    must leave each of its parts two sizes: they lie between 1 and `fewest` - 1, so the sum is
    neither the least nor the most that so many parts can have. One part alone is the whole
    campaign. What is not told may come from any single part.
    """
    named = tuple(sorted(part for part, size in sizes.items() if size >= fewest))
    pooled = tuple(sorted(part for part, size in sizes.items() if 0 < size < fewest))
    if pooled:
        total = sum(sizes[part] for part in pooled)
        most = (fewest - 1) * len(pooled)
        if len(pooled) == 1 or total < fewest or not len(pooled) < total < most:
            return None
    if len(named) + bool(pooled) < 2:  # noqa: PLR2004 - one part is no division
        return None
    return Division(named, pooled)


def may_tell(sizes: Sequence[int], valid: Sequence[int], fewest: int = FEWEST_SHOWN) -> bool:
    """Whether an item is told part by part; `sizes` were asked in each part, `valid` answered.

    Sizes and the sum of `valid` are known to everybody, so the first two rules give nothing away.
    Where no part can be small, all is told. Where it would take every missing answer to make the
    smallest part small, silence would tell that they are all there: so nothing is told, always.
    """
    missing = sum(sizes) - sum(valid)
    spare = min(sizes) - fewest
    if missing <= spare:
        return True
    if missing == spare + 1:
        return False
    return min(valid) >= fewest
