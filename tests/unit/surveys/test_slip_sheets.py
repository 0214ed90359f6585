"""Files of slips: what is no plain sheet is refused with a stable code, quickly."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from contracts.problems import Problem
from contracts.rpc.batches import MOST_SHEET_BYTES
from surveys.domain.slip_sheets import read_file


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    return file.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(Problem) as problem:
        read_file(data)
    return problem.value.code


def test_a_workbook_and_a_csv_say_the_same() -> None:
    rows = [["LOP", "P", "F"], ["Lá 2", "có", "5"], ["", "có", "4"]]
    numbers: list[list[Any]] = [["LOP", "P", "F"], ["Lá 2", "có", 5], [None, "có", 4]]
    assert read_file(workbook(*numbers)) == rows
    for separator in ",;\t":
        text = "\r\n".join(separator.join(row) for row in rows)
        assert read_file(text.encode("utf-8-sig")) == rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_windows_unix_and_old_macs_end_them(end: str) -> None:
    text = end.join(["P;F;H", 'có;5;"Ghế ngồi; bàn"', "", 'không;;""'])
    rows = [["P", "F", "H"], ["có", "5", "Ghế ngồi; bàn"], [], ["không", "", ""]]
    assert read_file(text.encode("utf-8-sig")) == rows
    assert read_file((text + end * 3).encode()) == [*rows, [], []]


def test_a_line_may_end_inside_of_a_cell() -> None:
    assert read_file('F,H\r\n5,"một\r\nhai"\r\n'.encode()) == [["F", "H"], ["5", "một\r\nhai"]]


def test_empty_lines_beyond_the_last_slip_are_none() -> None:
    lines = b"P,F\n" + "có,5\n".encode() * 10_000 + b",\n" * 5_000
    assert len(read_file(lines)) == 10_001
    assert code_of(lines + "có,5\n".encode()) == "surveys.too_many_rows"


def test_a_workbook_says_percentages_as_it_shows_them() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Q24", "Q23"])
    sheet.append([0.9, 5])
    sheet["A2"].number_format = "0%"
    file = BytesIO()
    book.save(file)
    assert read_file(file.getvalue()) == [["Q24", "Q23"], ["90", "5"]]


def merged(ref: str) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["LOP", "P", "F"], ["Lá 2", "có", 5], [None, "có", 4], [None, "có", 3]):
        sheet.append(row)
    sheet.merge_cells(ref)
    guide = book.create_sheet("Hướng dẫn")
    guide.merge_cells("A1:C9")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_merged_cells_below_the_heading_are_refused_with_their_place() -> None:
    with pytest.raises(Problem) as problem:
        read_file(merged("A2:A4"))
    assert problem.value.code == "surveys.sheet_merged"
    assert problem.value.params == {"row": 2, "column": 1}
    assert len(read_file(merged("B1:C1"))) == 4, "a heading and another page may be merged"


def test_a_whole_number_has_no_fraction() -> None:
    assert read_file(workbook(["F"], [4.0], [4.5])) == [["F"], ["4"], ["4.5"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook(["F"], ["=1+4"]), "surveys.sheet_formula"),
        (b"F\n=cmd|' /C calc'!A0", "surveys.sheet_formula"),
        (bomb(), "surveys.sheet_too_large"),
        (b"F\n" + b"5\n" * MOST_SHEET_BYTES, "surveys.sheet_too_large"),
        (b"PK\x03\x04" + b"x" * (10 * 1024 * 1024), "surveys.sheet_too_large"),
        ("F\nThầy cô".encode("utf-16"), "surveys.sheet_not_utf8"),
        ("F\nThầy cô".encode("cp1258", "replace"), "surveys.sheet_not_utf8"),
        (b"F\n\xff\xfe", "surveys.sheet_not_utf8"),
        (b"F\n5\x00", "surveys.sheet_unreadable"),
        (b"PK\x03\x04 no zip at all", "surveys.sheet_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "surveys.sheet_unreadable"),
        (b"F\n" + b"5\n" * 10_002, "surveys.too_many_rows"),
        (b",".join([b"F"] * 131), "surveys.sheet_too_large"),
    ],
    # the bytes of a workbook tell the moment that it was made
    ids=[
        "formula in a workbook",
        "formula in a csv",
        "bomb",
        "long csv",
        "long workbook",
        "utf-16",
        "cp1258",
        "no utf-8",
        "nul",
        "no zip",
        "an old .xls, or one with a password",
        "too many rows",
        "too many columns",
    ],
)
def test_what_is_no_plain_sheet_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_formula_is_named_by_its_place() -> None:
    with pytest.raises(Problem) as problem:
        read_file(workbook(["P", "F"], ["có", "5"], ["có", "=B2"]))
    assert problem.value.params == {"row": 3, "column": 2}
