from typing import TypedDict

from dashboard.shapes.reports import Timeliness
from dashboard.shapes.surveys import Period, Said


class MatrixColumn(TypedDict):
    """One kind of report for one period, and how the schools stand with it."""

    kind: str
    kind_words: Said
    period: Period
    stands: Timeliness


class MatrixCell(TypedDict):
    """How one report stands."""

    obligation_id: str
    state: str
    due_on: str
    working_days_left: int | None
    submitted_on: str | None
    late_working_days: int | None
    withdrawn: bool


class MatrixRow(TypedDict):
    """One school: a cell for each column, None where it owes nothing."""

    school: str
    title: str
    cells: list[MatrixCell | None]
    stands: Timeliness


class Matrix(TypedDict):
    """School × kind × period of a reporting year."""

    year: int
    years: list[int]
    columns: list[MatrixColumn]
    rows: list[MatrixRow]
