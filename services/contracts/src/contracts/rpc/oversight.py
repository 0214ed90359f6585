"""The district's side of reports: who has sent what, deadlines extended, one summary of many."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field, NonNegativeInt, StringConstraints

from contracts.days import FIRST_YEAR, LAST_YEAR, Day
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.rpc.figures import Timeliness
from contracts.rpc.obligations import ObligationState
from contracts.written import Sentence

declare(
    {
        "reports.extension_dates": 422,  # params: earliest, latest
        "reports.extension_day_off": 422,  # params: due_on
        "reports.selection_too_large": 422,  # params: most; a kind or a period narrows it
        "reports.nothing_owed": 404,  # no school in scope owes this kind for this period
    }
)

# A whole year of a thousand schools is more than a page, or a message, should hold.
MOST_CELLS: Final = 20_000
MOST_REPORTS: Final = 1_000

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Code = Annotated[str, StringConstraints(max_length=40)]
PeriodKey = Annotated[str, StringConstraints(max_length=20)]


class ExtendObligation(Request):
    """`extend_obligation` → `ObligationDetail`: a school gets until a later day, with a reason.

    The former deadline is kept and shown, and the new one says what it was and why; notices follow
    the new one. `due_on` is a working day after the deadline, not past and at most a year later.
    Raises `reports.extension_dates`, `reports.extension_day_off`, `reports.already_submitted`,
    `reports.exempted`.
    """

    obligation_id: UUID
    due_on: Day
    reason: Sentence


class GetMatrix(Request):
    """`get_matrix` → `Matrix` of a reporting year, by default the one of today.

    `kind` and `period` (a key, which names its year) narrow it. Raises `reports.unknown_kind`,
    `reports.unknown_period`, `reports.selection_too_large`.
    """

    year: Year | None = None
    kind: Code | None = None
    period: PeriodKey | None = None


class MatrixColumn(Model):
    """One kind for one period, and how the schools stand with it."""

    kind: str
    kind_words: Words
    period: PeriodRef
    stands: Timeliness


class MatrixCell(Model):
    """How one report stands; the fields are those of `Obligation`."""

    obligation_id: UUID
    state: ObligationState
    due_on: date
    working_days_left: int | None
    submitted_on: date | None
    late_working_days: NonNegativeInt | None
    withdrawn: bool


class MatrixRow(Model):
    """One school: a cell for each column, in their order, None where it owes nothing."""

    school: SchoolCode
    title: str
    cells: tuple[MatrixCell | None, ...]
    stands: Timeliness


class Matrix(Model):
    """School × kind × period. `years` are those that can be asked for, the newest first.

    Columns by the end of their period, then in the order of the kinds; schools by title.
    """

    as_of: date
    year: int
    years: tuple[int, ...]
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


class GetSummaryFile(Request):
    """`get_summary_file` → `DocumentFile`: the reports of a kind and period in one Word file.

    Those that the schools sent, with their figures and texts; of others only how they stand.
    Raises `reports.unknown_kind`, `reports.unknown_period`, `reports.nothing_owed`,
    `reports.selection_too_large`.
    """

    kind: Code
    period: PeriodKey
