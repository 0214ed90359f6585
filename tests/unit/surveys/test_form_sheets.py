"""Forms as Excel sheets and as YAML: there and back, and malformed ones with their row."""

from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.forms import Form
from surveys.domain.form_faults import MOST_ITEMS, MalformedForm
from surveys.domain.form_files import read_form, write_form
from surveys.domain.form_sheets import read_form_rows, write_form_rows
from surveys.domain.spreadsheets import Cell, read_sheet
from tests.support.surveys import CARE, TTHC, form_text

FORMS = [TTHC, CARE]
by_kind = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)


def rows_of(form: Form) -> list[list[Cell]]:
    return read_sheet(write_form_rows(form))


@by_kind
def test_a_sheet_gives_the_same_form(form: Form) -> None:
    assert read_form_rows(rows_of(form), version=form.version) == form


@by_kind
def test_a_text_gives_the_same_form(form: Form) -> None:
    assert read_form(write_form(form)) == form


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), max_size=300)
)
def test_any_words_survive_both_ways(words: str) -> None:
    said = CARE.words.model_copy(update={"vi": normalize("NFC", f"={words}.")})
    form = CARE.model_copy(update={"words": said})
    assert read_form(write_form(form)) == form
    assert read_form_rows(rows_of(form), version=1) == form


def test_the_number_of_the_version_is_given_not_read() -> None:
    assert read_form(form_text("care"), version=1001).version == 1001
    assert read_form_rows(rows_of(CARE), version=1001).version == 1001
    without = form_text("care").replace("version: 1\n", "")
    assert read_form(without, version=1001) == CARE.model_copy(update={"version": 1001})


def row_number(rows: list[list[Cell]], first: str, code: str | None) -> int:
    return next(n for n, row in enumerate(rows, 1) if row[0] == first and row[1] == code)


def changed(first: str, code: str | None, column: int, value: Cell) -> tuple[int, Any]:
    rows = rows_of(TTHC)
    number = row_number(rows, first, code)
    row = rows[number - 1] + [None] * 10
    row[column] = value
    rows[number - 1] = row[:10]
    return number, rows


@pytest.mark.parametrize(
    ("first", "code", "column", "value", "why"),
    [
        ("câu", "A2", 1, "A1", "twice"),
        ("câu", "A2", 1, "form", "reserved_code"),
        ("câu", "A2", 1, "mã có dấu", "wrong_code"),
        ("câu", "A2", 1, None, "missing"),
        ("câu", "A2", 2, "thang 7 mức", "not_one_of"),
        ("câu", "A2", 3, None, "missing"),
        ("câu", "A2", 4, "x" * 501, "too_long"),
        ("câu", "A2", 0, "cau hoi", "unknown_row"),
        ("câu", "A2", 7, "x", "unknown_key"),
        ("nhóm", "access", 1, "Tiếp cận", "wrong_code"),
        ("câu chung", "F", 1, "H", "overall_kind"),
        ("câu chung", "F", 1, None, "missing"),
        ("câu phản ánh", "G", 1, "A1", "demand_kind"),
        ("câu phản ánh", "G", 1, None, "demand_missing"),
        ("câu lọc", "P", 2, "ý kiến", "filter_kind"),
        ("phiếu", "tthc", 1, "khác", "not_one_of"),
    ],
)
def test_a_malformed_sheet_is_refused_with_its_row(
    first: str, code: str | None, column: int, value: Cell, why: str
) -> None:
    number, rows = changed(first, code, column, value)
    with pytest.raises(MalformedForm) as refused:
        read_form_rows(rows, version=1)
    assert (refused.value.why, refused.value.line) == (why, number)


def test_rows_out_of_place_are_refused() -> None:
    rows = rows_of(TTHC)
    item = row_number(rows, "câu", "A1")
    moved = [rows[0], rows[item - 1], *rows[1:]]
    with pytest.raises(MalformedForm) as refused:
        read_form_rows(moved, version=1)
    assert (refused.value.why, refused.value.line) == ("row_place", 2)
    with pytest.raises(MalformedForm) as refused:
        read_form_rows([*rows, rows[1]], version=1)
    assert (refused.value.why, refused.value.line) == ("twice", len(rows) + 1)
    with pytest.raises(MalformedForm) as refused:
        read_form_rows([["Họ tên", "Điểm"]], version=1)
    assert (refused.value.why, refused.value.line) == ("header", 1)
    with pytest.raises(MalformedForm) as refused:
        read_form_rows([], version=1)
    assert refused.value.why == "empty"


def test_a_filtered_group_needs_a_filter_and_a_demand_its_notice() -> None:
    rows = [row for row in rows_of(TTHC) if row[0] != "câu lọc"]
    with pytest.raises(MalformedForm) as refused:
        read_form_rows(rows, version=1)
    assert refused.value.why == "filter_missing"
    assert rows[refused.value.line - 1][1] == "access"
    text = form_text("care")
    start, end = text.index("demand_notice:"), text.index("groups:")
    with pytest.raises(MalformedForm) as refused:
        read_form(text[:start] + text[end:])
    assert refused.value.why == "notice_missing"


def test_a_page_bears_only_so_many_questions() -> None:
    rows = rows_of(CARE)
    last = row_number(rows, "câu", "Q27")
    more: list[list[Cell]] = [
        ["câu", f"X{n}", "ý kiến", "Câu", "Question"] for n in range(MOST_ITEMS)
    ]
    with pytest.raises(MalformedForm) as refused:
        read_form_rows(rows[:last] + more + rows[last:], version=1)
    assert (refused.value.why, refused.value.line) == ("too_many_items", last + MOST_ITEMS - 26)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &x [1]\nb: *x\n", "alias"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "alias"),
        ("[" * 5000, "nested"),
        ("{a: " * 5000, "nested"),
        ("kind: care\n\tx: 1", "syntax"),
        ("# nothing", "empty"),
        ("!!python/object/apply:os.system [x]", "syntax"),
        ("code: !!binary QTE=\n? {a: b}\n: c", "syntax"),
    ],
)
def test_a_text_that_unfolds_or_runs_something_is_refused(text: str, why: str) -> None:
    with pytest.raises(MalformedForm) as refused:
        read_form(text)
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("escape", "why"),
    [
        ("\\v", "unprintable"),
        ("\\0", "unprintable"),
        ("\\r", "unprintable"),
        ("\\uffff", "unprintable"),
        ("\\ud800", "syntax"),
    ],
)
def test_words_that_no_page_shows_are_refused(escape: str, why: str) -> None:
    line = '  vi: "Phiếu' + escape + '"'
    text = form_text("care").replace("  vi: Ý kiến về chăm sóc, giáo dục, nuôi dưỡng", line, 1)
    with pytest.raises(MalformedForm) as refused:
        read_form(text)
    assert (refused.value.why, text.splitlines()[refused.value.line - 1]) == (why, line)
