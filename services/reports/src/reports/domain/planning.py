"""Which reports a school owes: kinds × periods, for the days on which the school is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.domain.kinds import Catalogue, Kind
from workdays import Calendar, Deadline, Period

# A deadline lies in the year of its period or, for the year's reports, soon after it.
YEARS_AROUND = 1


@dataclass(frozen=True)
class Owed:
    """One report that a school owes, with its deadline."""

    kind: Kind
    period: Period
    deadline: Deadline


@dataclass(frozen=True)
class Life:
    """From when to when a school exists; `closed_on` is its last day."""

    opened_on: date
    closed_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the school is open on a day."""
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)


def due_between(
    catalogue: Catalogue, calendar: Calendar, first: date, last: date
) -> Iterator[Owed]:
    """Yield what is due from `first` to `last`; a school owes what ends while it is open."""
    for year in range(first.year - YEARS_AROUND, last.year + YEARS_AROUND + 1):
        for kind, period in catalogue.periods_of(year):
            deadline = kind.deadline.after(calendar, period.ends_on)
            if first <= deadline.due_on <= last:
                yield Owed(kind, period, deadline)
