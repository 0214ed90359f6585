"""Legal reporting periods and their windows (Decree 09/2019/NĐ-CP, art. 12)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PeriodKind = Literal["month", "quarter", "first_half", "second_half", "nine_months", "year"]

FIRST_DAY, LAST_DAY = 15, 14
# kind → (how many a year, months each, month in which the first one ends)
_SHAPE: dict[PeriodKind, tuple[int, int, int]] = {
    "month": (12, 1, 1),
    "quarter": (4, 3, 3),
    "first_half": (1, 6, 6),
    "second_half": (1, 6, 12),
    "nine_months": (1, 9, 9),
    "year": (1, 12, 12),
}


@dataclass(frozen=True)
class Period:
    """A period with its window, both ends included. `index` is 1–12, 1–4, or 0 where one a year."""

    kind: PeriodKind
    year: int
    index: int
    starts_on: date
    ends_on: date


def window(kind: PeriodKind, year: int, index: int = 0) -> Period:
    """Return a period: from the 15th of the month before it to the 14th of its last month.

    The first half runs 15/12–14/6, the second 15/6–14/12, the year 15/12–14/12; nine months (not
    in art. 12, used by reform reports) 15/12–14/9. Raises `ValueError` for an index out of range.
    """
    how_many, months, first_end = _SHAPE[kind]
    if index not in indices(kind):
        raise ValueError(f"{kind} has no number {index}")
    end_month = first_end + months * (index - 1 if how_many > 1 else 0)
    before = end_month - months
    starts_on = date(year, before, FIRST_DAY) if before else date(year - 1, 12, FIRST_DAY)
    return Period(kind, year, index, starts_on, date(year, end_month, LAST_DAY))


def indices(kind: PeriodKind) -> range:
    """Return the valid indices of a kind."""
    how_many = _SHAPE[kind][0]
    return range(1, how_many + 1) if how_many > 1 else range(1)


def windows(kind: PeriodKind, year: int) -> tuple[Period, ...]:
    """Return all periods of a kind in a year, in order."""
    return tuple(window(kind, year, index) for index in indices(kind))


def containing(kind: PeriodKind, day: date) -> Period | None:
    """Return the period of a kind whose window holds `day`, or None (halves, nine months)."""
    for year in (day.year, day.year + 1):
        for period in windows(kind, year):
            if period.starts_on <= day <= period.ends_on:
                return period
    return None
