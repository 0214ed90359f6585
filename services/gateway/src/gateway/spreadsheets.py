"""Tables as files that Excel opens: `.xlsx`, and `.csv` in UTF-8 with its mark; text stays text.

openpyxl is loaded with the first workbook: the gateway begins in less time.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Final, Literal

Format = Literal["xlsx", "csv"]
Value = str | int | float | None
MEDIA_TYPES: Final[dict[Format, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# What makes a spreadsheet read a text as a formula, the wide forms of East Asian keyboards too.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel takes no more letters in a cell, and none that XML doesn't know.
_LONGEST: Final = 32_767
# Letters that a column shows at most; a longer head goes on in the next line of its cell.
_WIDEST: Final = 60
_WIDEST_HEAD: Final = 24
_UNKNOWN: Final = (*range(32), 0xFFFE, 0xFFFF)
_CONTROL: Final = {code: None for code in _UNKNOWN if chr(code) not in "\t\n\r"}


@dataclass(frozen=True)
class Table:
    """A sheet: its title, its head and its rows. A CSV file holds one, a workbook several."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]


def inert(value: Value) -> Value:
    """Return a value that no spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = value.translate(_CONTROL)
    if text.lstrip(" ").startswith(_FORMULA):
        text = "'" + text
    return text[:_LONGEST]


def render(tables: Sequence[Table], kind: Format) -> bytes:
    """Return the file: of a CSV the last table, which is the one that programs read."""
    return _csv(tables[-1]) if kind == "csv" else _xlsx(tables)


def _csv(table: Table) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(one) for one in table.head])
    writer.writerows([inert(one) for one in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(tables: Iterable[Table]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  see above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title[:31])
        rows = [list(row) for row in table.rows]
        sheet.freeze_panes = "A2"
        for number, width in enumerate(_widths(table.head, rows), 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_cell(sheet, one, bold=True) for one in table.head])
        for row in rows:
            sheet.append([_cell(sheet, one) for one in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _widths(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[float]:
    """Yield how wide each column is, in letters: what it holds is read without pulling at it."""
    longest = [min(len(one), _WIDEST_HEAD) for one in head]
    for row in rows:
        for number, value in enumerate(row[: len(longest)]):
            longest[number] = max(longest[number], min(len(str(value or "")), _WIDEST))
    yield from (letters + 2.0 for letters in longest)


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  see above
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, inert(value))
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, float):
        cell.number_format = "0.00"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
