"""Where things lie on the scale that shows a rate beside its target."""

from dataclasses import dataclass

from dashboard.shapes.surveys import Rate

STEP = 10


@dataclass(frozen=True)
class Gauge:
    """A scale from `start` to 100; the others are places on it, 0 to 100 from left to right."""

    start: int
    low: float
    high: float
    here: float
    goal: float


def gauge(rate: Rate, target: float) -> Gauge | None:
    """The places of a rate, its interval and its target; None where there is no rate.

    The scale starts at the last ten below everything that it shows: between 90 and 100, where
    schools differ, a scale from 0 would show nothing.
    """
    percent, low, high = rate["percent"], rate["wilson_low"], rate["wilson_high"]
    if percent is None or low is None or high is None:
        return None
    start = max(0, int((min(low, target, percent) - 1) // STEP) * STEP)

    def place(value: float) -> float:
        return 100 * (value - start) / (100 - start)

    return Gauge(start, place(low), place(high), place(percent), place(target))
