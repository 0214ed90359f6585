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
