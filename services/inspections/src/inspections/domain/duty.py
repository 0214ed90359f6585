"""The duty ratio: surprise checks ÷ months elapsed, on average at least one a month (plan, R4)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Duty:
    """Checks of finished months, of the running month, and the finished months without any."""

    checks: int
    checks_this_month: int
    months: int
    empty_months: tuple[int, ...]

    @property
    def ratio(self) -> float | None:
        """Checks ÷ finished months; None before the first month is over."""
        return self.checks / self.months if self.months else None


def duty(
    year: int, today: date, opened_on: date | None, closed_on: date | None, days: Sequence[date]
) -> Duty:
    """Count the surprise checks carried out on `days` in the months of `year` that are over.

    The month in which a school opened counts, so that a check in it does; months after its closing
    don't.
    """
    by_month = Counter(day.month for day in days if day.year == year)
    finished = [
        month
        for month in MONTHS
        if (year, month) < (today.year, today.month)
        and (opened_on is None or (year, month) >= (opened_on.year, opened_on.month))
        and (closed_on is None or (year, month) <= (closed_on.year, closed_on.month))
    ]
    return Duty(
        checks=sum(by_month[month] for month in finished),
        checks_this_month=by_month[today.month] if year == today.year else 0,
        months=len(finished),
        empty_months=tuple(month for month in finished if not by_month[month]),
    )
