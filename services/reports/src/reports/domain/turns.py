"""What time alone does to an obligation: upcoming → due soon → overdue, with its notices."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workdays import Calendar

# A notice is told when so many working days are left (0 is the day itself).
NOTICES: Final = (7, 3, 1, 0)
OVERDUE: Final = "overdue"
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
Turn = int | str


def day_of(turn: Turn, calendar: Calendar, due_on: date) -> date:
    """Return the first day on which a turn has come: so many working days left, or overdue."""
    if isinstance(turn, int):
        return calendar.back(due_on, turn + 1)
    return due_on + timedelta(days=1)


def ahead(noticed: int | None) -> Iterator[Turn]:
    """Yield the turns that are not told yet, in order; `noticed` is the last notice told."""
    yield from (days for days in NOTICES if noticed is None or days < noticed)
    yield OVERDUE


def next_turn_on(calendar: Calendar, due_on: date, noticed: int | None) -> date:
    """Return the day on which the next turn comes."""
    return day_of(next(ahead(noticed)), calendar, due_on)


def come(calendar: Calendar, due_on: date, noticed: int | None, today: date) -> list[Turn]:
    """Return the turns that have come by `today` and are not told, in order.

    After a jump of the clock these are several: each of them happened.
    """
    return [turn for turn in ahead(noticed) if day_of(turn, calendar, due_on) <= today]


def moment(turn: Turn, calendar: Calendar, due_on: date, not_before: datetime) -> datetime:
    """Return when a turn became true: as its day began in Vietnam, or at `not_before`."""
    start = datetime.combine(day_of(turn, calendar, due_on), time(), VIETNAM)
    return max(start, not_before)
