"""What must be the same is compared thing by thing: one missing and one doubled don't cancel."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """`held` has what `told` has, as often, and nothing else; a thing is an id or a key.

    `promised`: somebody outside got an acknowledgement for what is told, so its absence is a loss.
    """

    what: str
    told: Counter[str]
    held: Counter[str]
    promised: bool = False

    @property
    def absent(self) -> Counter[str]:
        """What is told and not held."""
        return self.told - self.held

    @property
    def surplus(self) -> Counter[str]:
        """What is held more often than told."""
        return self.held - self.told

    def __str__(self) -> str:
        return f"{self.what}: absent {_few(self.absent)}, too often {_few(self.surplus)}"


def verdict(claims: Iterable[Claim]) -> Counter[str]:
    """Count what was lost, doubled and missing over all claims."""
    result = Counter(lost=0, doubled=0, missing=0)
    for claim in claims:
        result["lost" if claim.promised else "missing"] += claim.absent.total()
        result["doubled"] += claim.surplus.total()
    return result


def broken(claims: Iterable[Claim]) -> list[str]:
    """Return a line for each claim that doesn't hold."""
    return [str(claim) for claim in claims if claim.absent or claim.surplus]


def _few(things: Counter[str]) -> str:
    """Say how many, and name the first of them."""
    named = ", ".join(f"{thing} ×{n}" for thing, n in things.most_common(3))
    return f"{things.total()} ({named})" if things else "0"
