"""Questions about working days, windows and deadlines, each answer with its explanation."""

from datetime import date
from typing import Annotated

from pydantic import Field, NonNegativeInt

from contracts.days import Day
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.rpc.obligations import DeadlineExplained, DeadlineStep

declare(
    {
        "reports.wrong_span": 422,  # the days run backwards or lie too far apart; params: longest
        "reports.unknown_kind": 404,  # params: kind
        "reports.kind_without_period": 404,  # params: kind, period
    }
)

LONGEST_WORKING_DAYS = 250
LONGEST_DAYS = 400


class AddWorkingDays(Request):
    """`add_working_days` → `WorkingDays`: the last of so many working days after a day."""

    after: Day
    working_days: Annotated[int, Field(ge=1, le=LONGEST_WORKING_DAYS)]


class CountWorkingDays(Request):
    """`count_working_days` → `WorkingDays`: those after a day, up to and with another.

    Raises `reports.wrong_span` for days that run backwards or lie more than 400 days apart.
    """

    after: Day
    until: Day


class WorkingDays(Model):
    """So many working days after one day, up to and with another, and why so many."""

    after: date
    until: date
    working_days: NonNegativeInt
    steps: tuple[DeadlineStep, ...]


class GetWindow(Request):
    """`get_window` → `PeriodWindow`. Raises `reports.unknown_period`."""

    period: str


class PeriodWindow(Model):
    """A period with the days that its figures cover, both included, and the rule behind it."""

    period: PeriodRef
    steps: tuple[DeadlineStep, ...]


class GetKindDeadline(Request):
    """`get_kind_deadline` → `KindDeadline`: until when a kind is due for a period, and why.

    Asked of the version in force at the end of the period. Raises `reports.unknown_period`,
    `reports.unknown_kind`, `reports.kind_without_period`.
    """

    kind: str
    period: str


class KindDeadline(Model):
    """The deadline of a kind for a period as the calendar stands now."""

    kind: str
    kind_version: int
    period: PeriodRef
    deadline: DeadlineExplained
