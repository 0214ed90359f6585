"""A clumsy office: whatever file is handed in is read to the last cell, or refused with a code."""

import zipfile
from io import BytesIO
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from contracts.problems import Problem
from surveys.domain.slip_sheets import read_file
from surveys.domain.slips import read_slips
from tests.support.surveys import TTHC

CLASSES = ("Lá 1",)
CODES = {
    "surveys.rows_invalid",
    "surveys.sheet_columns",
    "surveys.no_rows",
    "surveys.too_many_rows",
    "surveys.sheet_too_large",
    "surveys.sheet_formula",
    "surveys.sheet_merged",
    "surveys.sheet_characters",
    "surveys.sheet_not_utf8",
    "surveys.sheet_unreadable",
}
HEADINGS = ["LOP", "P", "F", "A1 Dễ tìm", "G", "H", "YC_LOAI", "YC_GI", "YC_HT", "", "Họ tên", "f."]
CELLS = ["", "có", "Không", "5", "4.0", "4,0", "kyk", "kad", "95 %", "Lá 1", "lá 1 ", "=1+1"]
CELLS += ["x" * 2001, "\u00a05", "5\u200b", "５", "1/2", "-", "'5", "#N/A", "một\nhai", '"', ";"]
CELL = st.sampled_from(CELLS) | st.text(max_size=20)
ROWS = st.lists(st.lists(CELL, max_size=14), max_size=8)


def take(data: bytes) -> None:
    """Read a file as the import does."""
    try:
        slips = read_slips(TTHC, CLASSES, read_file(data))
    except Problem as problem:
        if problem.code in CODES:
            return
        raise
    assert slips
    for slip in slips:
        assert slip.model_validate(slip.model_dump()) == slip, "the timer can read what is kept"
        assert slip.class_code in {None, "Lá 1"}


@given(st.binary(max_size=400))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b'P,F\n"')
@example(b"PK\x05\x06" + bytes(18))
def test_any_bytes(data: bytes) -> None:
    take(data)


@given(
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=14),
    ROWS,
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1258", "utf-16", "latin-1"]),
)
def test_any_csv(heading: list[str], rows: list[list[str]], by: str, end: str, code: str) -> None:
    lines = [by.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    take(end.join([by.join(heading), *lines]).encode(code, "replace"))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=14), ROWS)
def test_any_workbook(heading: list[str], rows: list[list[str]]) -> None:
    book = Workbook()
    book.worksheets[0].append(heading)
    for row in rows:
        book.worksheets[0].append([_cell(cell) for cell in row])
    file = BytesIO()
    book.save(file)
    take(file.getvalue())


@settings(max_examples=40)
@given(st.integers(0, 5), st.binary(max_size=60), st.integers(0, 5000))
def test_any_damage(part: int, put: bytes, at: int) -> None:
    book = Workbook()
    book.worksheets[0].append(["P", "F"])
    book.worksheets[0].append(["có", 5])
    file, damaged = BytesIO(), BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(damaged, "w") as new:
        for place, name in enumerate(old.namelist()):
            content = old.read(name)
            new.writestr(name, content[:at] + put + content[at:] if place == part else content)
    take(damaged.getvalue())


def _cell(text: str) -> Any:
    """What openpyxl can write of a text, numbers as numbers."""
    if text.isascii() and text.isdigit():
        return int(text)
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
