"""The file of a sheet of slips: .xlsx or .csv, bounded, in clean UTF-8, without formulas."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Final

from contracts.problems import Problem
from contracts.rpc.batches import MOST_ROWS, MOST_SHEET_BYTES
from contracts.rpc.forms import FileFault
from surveys.domain.spreadsheets import Cell, Limits, SheetRefused, read_sheet

MOST_COLUMNS: Final = 130
LIMITS: Final = Limits(
    file_bytes=MOST_SHEET_BYTES,
    unpacked_bytes=48 * 1024 * 1024,
    rows=MOST_ROWS + 1,
    columns=MOST_COLUMNS,
)
_ZIP: Final = b"PK"
# The container of old .xls, and of workbooks with a password.
_OLE: Final = b"\xd0\xcf\x11\xe0"
_SEPARATORS: Final = ",;\t"
_FORMULA: Final = "="
_CODES: Final[Mapping[FileFault, str]] = {
    "too_large": "surveys.sheet_too_large",
    "unpacks_too_large": "surveys.sheet_too_large",
    "too_many_columns": "surveys.sheet_too_large",
    "too_many_rows": "surveys.too_many_rows",
    "formula": "surveys.sheet_formula",
    "merged": "surveys.sheet_merged",
    "characters": "surveys.sheet_characters",
    "not_utf8": "surveys.sheet_not_utf8",
    "not_a_workbook": "surveys.sheet_unreadable",
    "macro": "surveys.sheet_unreadable",
}


def read_file(data: bytes) -> list[list[str]]:
    """Return the rows of a file, every cell as text, "" for an empty one.

    Raises `surveys.sheet_too_large`, `surveys.too_many_rows`, `surveys.sheet_formula`,
    `surveys.sheet_merged`, `surveys.sheet_characters`, `surveys.sheet_not_utf8`,
    `surveys.sheet_unreadable`.
    """
    try:
        if data.startswith(_ZIP):
            return [[_text(cell) for cell in row] for row in read_sheet(data, LIMITS)]
        return _read_csv(data)
    except SheetRefused as refused:
        where = {"row": refused.row, "column": refused.column}
        if refused.why == "too_many_rows":
            where = {"limit": MOST_ROWS}
        raise Problem(_CODES[refused.why], **where) from None


def _read_csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    heading = text.splitlines()[0] if text else ""
    # Excel separates by ";" where the decimal mark is a comma, as in Vietnam.
    separator = max(_SEPARATORS, key=heading.count)
    lines = StringIO(text, newline="")  # as csv wants it: it knows every end of a line
    rows: list[list[str]] = []
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator), start=1):
            if number <= LIMITS.rows:
                rows.append(_plain(number, row))
            elif any(cell.strip() for cell in row):
                raise SheetRefused("too_many_rows", number)
    except csv.Error:
        raise SheetRefused("not_a_workbook") from None
    return rows


def _decoded(data: bytes) -> str:
    if len(data) > LIMITS.file_bytes:
        raise SheetRefused("too_large")
    if data.startswith(_OLE):
        raise SheetRefused("not_a_workbook")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetRefused("not_utf8") from None
    if "\x00" in text:
        raise SheetRefused("not_a_workbook")
    return text


def _plain(number: int, row: list[str]) -> list[str]:
    """Return a row of a CSV; raises `SheetRefused` for what is no plain cell."""
    if len(row) > MOST_COLUMNS:
        raise SheetRefused("too_many_columns", number)
    for place, cell in enumerate(row, start=1):
        if cell.lstrip().startswith(_FORMULA):
            raise SheetRefused("formula", number, place)
    return row


def _text(cell: Cell) -> str:
    """Return a cell as it was meant: a whole number has no fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
