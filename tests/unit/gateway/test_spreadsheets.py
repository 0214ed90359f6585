"""Files that Excel opens: accents right, formulas dead, numbers numbers."""

import codecs
import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from gateway.spreadsheets import Format, Table, Value, inert, render

EVIL = [
    '=HYPERLINK("http://x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "\x0b=1",
    "\uffff=1",
]
# What XML has no letter for, and what looks odd and is none of that.
ODD = "a\x00b\x1fc\ufffed\uffffe \u202e\u200b\U0001f600"


def read(file: bytes, kind: Format) -> list[list[Any]]:
    """Read a file as Excel does."""
    if kind == "csv":
        assert file.startswith(codecs.BOM_UTF8)
        return [list(row) for row in csv.reader(StringIO(file.decode("utf-8-sig"), newline=""))]
    sheet = load_workbook(BytesIO(file)).worksheets[-1]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_columns_are_as_wide_as_what_they_hold() -> None:
    title = "Trường Mầm non Cầu Vồng Giấy (thí dụ)"
    table = Table("a", ["Trường", "Trễ", "Ý kiến"], [[title, 2, "dài " * 100], ["B", None, None]])
    [sheet] = load_workbook(BytesIO(render([table], "xlsx"))).worksheets
    widths = [sheet.column_dimensions[one].width for one in "ABC"]
    assert widths[0] >= len(title)
    assert widths[1] < 8
    assert widths[2] < 70, "a long text goes no further than the page"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_opens_whatever_a_parent_wrote(kind: Format) -> None:
    file = render([Table("x", ["a"], [[ODD]])], kind)
    assert read(file, kind) == [["a"], ["abcde \u202e\u200b\U0001f600"]]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(kind: Format, text: str) -> None:
    file = render([Table("Bảng", ["=head()", "b"], [[text, 1]])], kind)
    for row in read(file, kind):
        for value in row:
            assert not str(value).lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "＝")), value
    if kind == "xlsx":
        sheet = load_workbook(BytesIO(file)).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_accents_and_numbers_arrive(kind: Format) -> None:
    words = ["Trường Mầm non Hoa Hồng (mẫu)", "Đường, “hoà”; ký tự\nhai dòng", "Ủy ban"]
    rows = read(render([Table("x" * 40, words, [["ấ", 95, -1.5]])], kind), kind)
    assert rows[0] == words
    assert [str(one) for one in rows[1]] == ["ấ", "95", "-1.5"], "a negative number is a number"


def test_a_workbook_has_all_sheets_and_a_csv_the_last() -> None:
    tables = [Table("Đợt", ["a"], [["một"]]), Table("Số liệu", ["b"], [["hai"]])]
    book = load_workbook(BytesIO(render(tables, "xlsx")))
    assert book.sheetnames == ["Đợt", "Số liệu"]
    assert read(render(tables, "csv"), "csv") == [["b"], ["hai"]]


@given(st.one_of(st.none(), st.integers(), st.text(max_size=40)))
def test_any_value_is_inert_and_stays_readable(value: Value) -> None:
    told = inert(value)
    if isinstance(value, str):
        assert isinstance(told, str)
        assert not told.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert inert(told) == told
    else:
        assert told == value
