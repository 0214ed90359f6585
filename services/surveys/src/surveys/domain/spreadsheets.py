"""Read a sheet that somebody sent, and write one: plain values, nothing that unfolds or computes.

An .xlsx is a zip of XML. What it unpacks to is bounded before anything is unpacked (zipfile never
gives more than an entry announces), and no XML with a document type is parsed, so that no entity
can unfold. Formulas are refused, never computed; what is written is text even where it begins with
"=".

openpyxl is loaded where the first sheet comes: a service begins in two thirds of the time.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from math import inf
from typing import Any, Final

from contracts.rpc.forms import FileFault
from contracts.written import clean

Cell = str | int | float | None

_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_UTF8: Final = frozenset({b"utf-8", b"us-ascii"})
_MACRO: Final = "vbaproject.bin"
_MERGED: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+)([0-9]+):[A-Z]+([0-9]+)["']"""
)
_XML: Final = (".xml", ".rels", ".vml")
_CONTENT_TYPES: Final = "[Content_Types].xml"
_OVERRIDE: Final = re.compile(rb"<(?:\w+:)?Override\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")
_OFFICE: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
_WORKSHEET: Final = _OFFICE + b"worksheet+xml"
_TEXTS: Final = _OFFICE + b"sharedStrings+xml"
LARGEST_TEXTS: Final = 16 * 1024 * 1024
LARGEST_DESCRIPTION: Final = 2 * 1024 * 1024
# How a workbook writes the carriage return of what was pasted.
_CARRIAGE_RETURN: Final = "_x000D_"
# So many empty rows beyond the last may stand in a sheet.
EMPTY_ROWS: Final = 100_000
# What zipfile says of what is no whole zip, of a method that it doesn't know, and of a password.
_NOT_READ: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # so is what a packing says that nobody knows
)


@dataclass(frozen=True)
class Limits:
    """What a workbook may have at most: bytes as sent and unpacked, parts, rows, columns."""

    file_bytes: int = 128 * 1024
    unpacked_bytes: int = 4 * 1024 * 1024
    parts: int = 100
    rows: int = 500
    columns: int = 30


class SheetRefused(Exception):
    """The file is not read. `row` and `column` count from 1, None where the whole is meant."""

    def __init__(self, why: FileFault, row: int | None = None, column: int | None = None) -> None:
        super().__init__(why, row, column)
        self.why = why
        self.row = row
        self.column = column


def read_sheet(data: bytes, limits: Limits | None = None) -> list[list[Cell]]:
    """Return the rows of the first sheet, without the empty ones at its end.

    Texts are NFC and trimmed, an empty one is None; a day comes as "2024-03-05", yes and no of
    Excel as "TRUE" and "FALSE", what it shows as 90 % as 90. Cells that are merged below the
    heading are refused: Excel keeps the value of the first one alone. Raises `SheetRefused`.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  see above

    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise SheetRefused("too_large")
    _inspect(data, limits)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what it says of its own size is not believed
        _refuse_merged(data, sheet._worksheet_path)  # noqa: SLF001 - the only one who knows it
        rows = _rows(sheet.iter_rows(), limits)
    except SheetRefused:
        raise
    except Exception:  # noqa: BLE001 - openpyxl meets what is no workbook with whatever comes up
        raise SheetRefused("not_a_workbook") from None
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return rows


def write_sheet(
    title: str, rows: Iterable[Sequence[Cell]], widths: Sequence[int], notes: Sequence[str] = ()
) -> bytes:
    """Return a workbook: `rows` in a sheet, the first of them as its head; notes in a second one.

    `widths` are those of the columns, in letters. The first note is the title of its sheet.
    """
    from openpyxl import Workbook  # noqa: PLC0415  see above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            _put(sheet.cell(number, place), value, bold=number == 1)
    if notes:
        second = book.create_sheet(notes[0])
        second.column_dimensions["A"].width = 110
        for number, line in enumerate(notes[1:], 1):
            _put(second.cell(number, 1), line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _inspect(data: bytes, limits: Limits) -> None:
    """Raise `SheetRefused` for what had better not be unpacked or parsed."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.parts or (
                sum(part.file_size for part in parts) > limits.unpacked_bytes
            ):
                raise SheetRefused("unpacks_too_large")
            if any(part.filename.lower().endswith(_MACRO) for part in parts):
                raise SheetRefused("macro")
            types = _types_of(archive)
            for part in parts:
                if part.filename in types or part.filename.lower().endswith(_XML):
                    if part.file_size > _largest(types.get(part.filename, set())):
                        raise SheetRefused("unpacks_too_large")
                    _inspect_xml(archive.read(part))
    except _NOT_READ as why:
        raise SheetRefused("not_a_workbook") from why


def _types_of(archive: zipfile.ZipFile) -> dict[str, set[bytes]]:
    """Return part → what the archive says that it holds; openpyxl goes by that, not by names."""
    info = archive.NameToInfo.get(_CONTENT_TYPES)
    if info is None or info.file_size > LARGEST_DESCRIPTION:
        raise SheetRefused("not_a_workbook")
    found: dict[str, set[bytes]] = {}
    for override in _OVERRIDE.findall(archive.read(info)):
        said = dict(_ATTRIBUTE.findall(override))
        name = said.get(b"PartName", b"").decode("utf-8").lstrip("/")
        found.setdefault(name, set()).add(said.get(b"ContentType", b""))
    return found


def _largest(types: set[bytes]) -> float:
    """Return how much a part may hold: what openpyxl keeps whole costs ten times its bytes."""
    if types == {_WORKSHEET}:
        return inf
    return LARGEST_TEXTS if types == {_TEXTS} else LARGEST_DESCRIPTION


def _inspect_xml(text: bytes) -> None:
    """Refuse XML in another encoding than UTF-8, in which a document type could hide."""
    declared = _DECLARED.match(text.removeprefix(b"\xef\xbb\xbf"))
    if (declared and declared[1].lower() not in _UTF8) or b"\x00" in text or b"<!DOCTYPE" in text:
        raise SheetRefused("not_a_workbook")
    text.decode("utf-8")


def _refuse_merged(data: bytes, path: str) -> None:
    """Raise `SheetRefused` for the first merged cell that is not in the heading."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415  see above

    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = archive.read(path.lstrip("/"))
    for found in _MERGED.finditer(part):
        first, last = int(found[2]), int(found[3])
        if last > 1:
            column = column_index_from_string(found[1].decode("ascii"))
            raise SheetRefused("merged", max(first, 2), column)


def _rows(sheet: Iterable[Sequence[Any]], limits: Limits) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, row in enumerate(sheet, 1):
        if number > limits.rows:
            # Rows that somebody only drew lines around are none, if they end somewhere.
            if number <= limits.rows + EMPTY_ROWS and all(cell.value is None for cell in row):
                continue
            raise SheetRefused("too_many_rows", number)
        if len(row) > limits.columns:
            raise SheetRefused("too_many_columns", number, len(row))
        rows.append([_value(cell, number, place) for place, cell in enumerate(row, 1)])
    return rows


def _value(cell: Any, row: int, column: int) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        raise SheetRefused("formula", row, column)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if value is None:
        return None
    if isinstance(value, int | float):
        return round(value * 100, 6) if "%" in (cell.number_format or "") else value
    if isinstance(value, date | time):
        return value.isoformat()
    try:
        return clean(str(value).replace(_CARRIAGE_RETURN, "")) or None
    except ValueError:
        raise SheetRefused("characters", row, column) from None


def _put(cell: Any, value: Cell, *, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  see above

    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
