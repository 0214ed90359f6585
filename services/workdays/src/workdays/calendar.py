"""Which days are worked, and counting in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workdays import public_holidays
from workdays.overrides import Override, shipped

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class DayOff:
    """Why a day is not worked. `vi` and `en` name a holiday; empty for weekends and overrides."""

    day: date
    code: Literal["weekend", "holiday", "override"]
    vi: str = ""
    en: str = ""
    legal_basis: str = ""


class Calendar:
    """Working days in Vietnam: weekends and public holidays off, overrides before both.

    Overrides that are passed in come before the shipped swaps of the government.
    """

    def __init__(self, overrides: Mapping[date, Override] | None = None) -> None:
        self._overrides = {**shipped(), **(overrides or {})}
        # A list of all schools asks for the same few spans again and again.
        self._counted: dict[tuple[date, date], int] = {}

    def why_off(self, day: date) -> DayOff | None:
        """Return why `day` is off, or None for a working day."""
        override = self._overrides.get(day)
        if override is not None:
            if override.kind == "work":
                return None
            return DayOff(day, "override", legal_basis=override.legal_basis)
        name = public_holidays.of_year(day.year).get(day)
        if name is not None:
            return DayOff(day, "holiday", name.vi, name.en, public_holidays.LEGAL_BASIS)
        return DayOff(day, "weekend") if day.weekday() >= SATURDAY else None

    def why_worked(self, day: date) -> Override | None:
        """Return the override that makes a day of rest a working day, or None."""
        override = self._overrides.get(day)
        return override if override is not None and override.kind == "work" else None

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        return self.why_off(day) is None

    def add(self, day: date, n: int) -> date:
        """Return the `n`-th working day after `day` (n ≥ 1); `add(day, 0)` is `day` itself."""
        if n < 0:
            raise ValueError("count back with `back`")
        for _ in range(n):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def back(self, day: date, n: int) -> date:
        """Return the first of the `n` working days (n ≥ 1) that end on or before `day`."""
        if n < 1:
            raise ValueError("n is at least 1")
        day = self.on_or_before(day)
        for _ in range(n - 1):
            day = self.on_or_before(day - ONE_DAY)
        return day

    def count(self, a: date, b: date) -> int:
        """Return the working days after `a` up to and with `b`; negative when `b` is earlier.

        Agrees with `add`: `count(a, add(a, n)) == n`.
        """
        if b < a:
            return -self.count(b, a)
        if (a, b) not in self._counted:
            days = ((a + timedelta(days=i)) for i in range(1, (b - a).days + 1))
            self._counted[a, b] = sum(self.is_working(day) for day in days)
        return self._counted[a, b]

    def late(self, due_on: date, done_on: date) -> int:
        """Return by how many working days `done_on` misses `due_on`; 0 when in time.

        What is done on a day off counts on the next working day, so late is at least 1.
        """
        return 0 if done_on <= due_on else self.count(due_on, self.on_or_after(done_on))

    def on_or_after(self, day: date) -> date:
        """Return `day` if it is worked, else the next working day."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Return `day` if it is worked, else the working day before."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day
