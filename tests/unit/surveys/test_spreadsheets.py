"""Sheets that somebody sent: what is read of them, and what is not even unpacked."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from surveys.domain.spreadsheets import Limits, SheetRefused, read_sheet, write_sheet

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same workbook with parts changed, and more of them."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return file.getvalue()


def in_sheet(find: bytes, put: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, part: part.replace(find, put) if name == SHEET else part


def refused(data: bytes, limits: Limits | None = None) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(data, limits)
    return caught.value


def test_values_come_as_people_mean_them() -> None:
    day = datetime(2024, 3, 5)  # noqa: DTZ001 - Excel knows no time zone
    moment = day.replace(hour=9, minute=30)
    read = read_sheet(
        workbook(
            ["  Ho\u0300a  ", 4, 4.5, None, "", True, day, moment, date(2024, 3, 5), "001"],
            [],
            ["cuối"],
            [None, ""],
        )
    )
    assert read[0] == [
        "Hòa",
        4,
        4.5,
        None,
        None,
        "TRUE",
        "2024-03-05",
        "2024-03-05T09:30:00",
        "2024-03-05",
        "001",
    ]
    assert read[2][0] == "cuối"
    assert len(read) == 3


@pytest.mark.parametrize(
    "formula", ["=1+1", '=HYPERLINK("http://x")', ArrayFormula("C2:C2", "=SUM(A1:A2)")]
)
def test_a_formula_is_refused_with_its_place(formula: Any) -> None:
    why = refused(workbook(["a"], ["b", "c", formula]))
    assert (why.why, why.row, why.column) == ("formula", 2, 3)


def test_text_that_looks_like_a_formula_is_written_and_read_as_text() -> None:
    rows = [["=1+1", "+84", "@x", "-1"]]
    assert read_sheet(write_sheet("x", rows, [10])) == rows


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = rezipped(workbook(["a"]), lambda _, part: part, **{"xl/x.xml": b" " * 50_000_000})
    assert len(bomb) < 128 * 1024
    assert refused(bomb).why == "unpacks_too_large"
    many = rezipped(workbook(["a"]), lambda _, part: part, **{f"{n}.xml": b"" for n in range(200)})
    assert refused(many).why == "unpacks_too_large"


def grown(part: str, repeated: bytes, before: bytes, size: int) -> bytes:
    """A workbook with a part that holds so many bytes of the same."""
    more = repeated * (size // len(repeated))
    return rezipped(
        workbook(["a"]),
        lambda name, old: old.replace(before, more + before) if name == part else old,
    )


LARGE = Limits(file_bytes=3 * 1024 * 1024, unpacked_bytes=48 * 1024 * 1024, rows=10_001)


def test_what_is_kept_whole_while_reading_is_small() -> None:
    """Styles of 44 MB fit into 135 kB, and would cost the service 700 MB and half a minute."""
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    styles = grown("xl/styles.xml", style, b"</cellXfs>", 3 * 1024 * 1024)
    assert refused(styles, LARGE).why == "unpacks_too_large"
    lined = grown(SHEET, b"<row/>", b"</sheetData>", 3 * 1024 * 1024)
    assert refused(lined, LARGE).why == "too_many_rows", "a sheet itself is read row by row"


def test_a_part_is_bounded_by_what_it_is_whatever_its_name() -> None:
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    texts += b"<si><t/></si>" * 1_400_000 + b"</sst>"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    said = b'<Override PartName="/xl/worksheets/x.bin" ContentType="' + kind + b'"/></Types>'

    def tell(name: str, old: bytes) -> bytes:
        return old.replace(b"</Types>", said) if name == "[Content_Types].xml" else old

    hidden = rezipped(workbook(["a"]), tell, **{"xl/worksheets/x.bin": texts})
    assert refused(hidden, LARGE).why == "unpacks_too_large"
    typed = rezipped(workbook(["a"]), tell, **{"xl/worksheets/x.bin": b"<!DOCTYPE x><sst/>"})
    assert refused(typed, LARGE).why == "not_a_workbook"


def test_a_part_that_announces_less_than_it_holds_is_refused() -> None:
    data = bytearray(rezipped(workbook(["a"]), in_sheet(b"<sheetData>", b" " * 9_999_999)))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = bytes(data).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert refused(lying).why == "not_a_workbook"


@pytest.mark.parametrize(
    "evil",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?>' + "<!DOCTYPE x><x/>".encode("cp037"),
        b'<?xml version="1.0" encoding="utf-8"?><x>\xff\xfe</x>',
    ],
)
def test_xml_that_could_unfold_is_not_parsed(evil: bytes) -> None:
    data = rezipped(workbook(["a"]), lambda name, part: evil if name == SHEET else part)
    assert refused(data).why == "not_a_workbook"


def test_a_sheet_is_not_as_large_as_it_says() -> None:
    claimed = in_sheet(b'<dimension ref="A1:A1"', b'<dimension ref="A1:XFD1048576"')
    assert read_sheet(rezipped(workbook(["a"]), claimed)) == [["a"]]


def test_far_rows_and_columns_are_refused_at_once() -> None:
    far = in_sheet(b'<row r="1"', b'<row r="1048576"')
    why = refused(rezipped(workbook(["a"]), far))
    assert why.why == "too_many_rows"
    why = refused(workbook([None] * 30 + ["a"]))
    assert (why.why, why.row, why.column) == ("too_many_columns", 1, 31)
    assert refused(workbook(*[["a"]] * 11), Limits(rows=10)).why == "too_many_rows"


def test_rows_with_lines_and_no_words_are_none() -> None:
    lined = in_sheet(b"</sheetData>", b'<row r="9000"><c r="A9000" s="0"/></row></sheetData>')
    assert read_sheet(rezipped(workbook(["a"]), lined)) == [["a"]]
    far = in_sheet(b"</sheetData>", b'<row r="999999999"><c r="A9" s="0"/></row></sheetData>')
    assert refused(rezipped(workbook(["a"]), far)).why == "too_many_rows"


def test_what_was_pasted_brings_no_carriage_return() -> None:
    assert read_sheet(workbook(["một_x000D_\nhai"])) == [["một\nhai"]]


def test_macros_and_too_many_bytes_are_refused() -> None:
    macro = rezipped(workbook(["a"]), lambda _, part: part, **{"xl/vbaProject.bin": b"x"})
    assert refused(macro).why == "macro"
    assert refused(b"x" * (128 * 1024 + 1)).why == "too_large"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"col1,col2\n1,2\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        workbook(["a"])[:-40],
        rezipped(workbook(["a"]), lambda name, part: b"<x/>" if "workbook" in name else part),
        rezipped(workbook(["a"]), in_sheet(b"</sheetData>", b"")),
    ],
    # the bytes of a workbook tell the moment that it was made
    ids=["nothing", "short", "csv", "xls", "cut off", "no workbook", "broken xml"],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert refused(data).why == "not_a_workbook"
