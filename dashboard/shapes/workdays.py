from typing import TypedDict

from dashboard.shapes.reports import Deadline, DeadlineStep


class WorkingDays(TypedDict):
    """So many working days after one day, up to and with another, and why so many."""

    after: str
    until: str
    working_days: int
    steps: list[DeadlineStep]


class KindDeadline(TypedDict):
    """Until when a kind is due for a period, and why."""

    kind: str
    kind_version: int
    deadline: Deadline


class CalendarDay(TypedDict):
    """A day that an authority made a day off or a working day, and by which document."""

    day: str
    kind: str
    legal_basis: str


class ShippedDay(CalendarDay):
    """A swap of the government, and where its document stands."""

    source: str


class Calendar(TypedDict):
    """The days that the district entered, and those of the government."""

    items: list[CalendarDay]
    shipped: list[ShippedDay]
