"""The answers to a request as files, and the text that reminds of it."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from openpyxl import load_workbook

from contracts.rpc.obligations import DeadlineExplained
from contracts.rpc.requests import Addressee, Answer, FieldTotal, FigureRequestDetail, RequestField
from gateway.exports import answers, answers_document, reminder
from gateway.spreadsheets import render

DUE = date(2024, 3, 18)
TOLD = FigureRequestDetail(
    request_id=UUID("9bc1cf18-f169-5efd-890f-b9587dee2e84"),
    title="Số trẻ nghỉ ốm",
    due_on=DUE,
    working_days_left=2,
    closed_on=None,
    asked=2,
    answered=1,
    overdue=0,
    instructions="",
    legal_basis="Công văn số 12 (mẫu)",
    fields=(
        RequestField(code="c1", label="Số trẻ", kind="number"),
        RequestField(code="c2", label="Nguyên nhân", kind="text"),
    ),
    deadline=DeadlineExplained(due_on=DUE, rule="x", version=1, legal_basis="x", steps=()),
    former_deadlines=(),
    made_at=datetime(2024, 3, 1, tzinfo=UTC),
    made_by="Chuyên viên (mẫu)",
    closed_by=None,
    close_reason=None,
    addressees=(
        Addressee(
            school="hoa-cuc-mau",
            school_title="Trường Hoa Cúc (mẫu)",
            team="",
            state="answered_on_time",
            answer=Answer(
                number=1,
                values={"c1": 7, "c2": "=cảm\x07 cúm"},
                answered_at=datetime(2024, 3, 2, tzinfo=UTC),
                by_role="clerk",
                by_name="Văn thư (mẫu)",
                answered_on=date(2024, 3, 2),
                late_working_days=0,
            ),
        ),
        Addressee(
            school="con-thuyen-la",
            school_title="Trường Con Thuyền Lá (mẫu)",
            team="",
            state="open",
            answer=None,
        ),
    ),
    totals=(FieldTotal(code="c1", answers=1, total=7),),
)


def test_the_sheet_has_a_row_for_each_and_the_sums() -> None:
    sheet = load_workbook(BytesIO(render(answers.tables("vi", TOLD), "xlsx"))).active
    assert sheet is not None
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:4] == ("Trường", "Số trẻ", "Nguyên nhân", "Tình trạng")
    assert rows[1][:4] == ("Trường Hoa Cúc (mẫu)", 7, "'=cảm cúm", "Đúng hạn")
    assert rows[2][:4] == ("Trường Con Thuyền Lá (mẫu)", None, None, "Chưa gửi")
    assert rows[3][:2] == ("Cộng", 7)


def test_the_document_holds_figures_as_a_table_and_texts_below() -> None:
    document = Document(BytesIO(answers_document.render("vi", TOLD)))
    (table,) = document.tables
    cells: list[list[Any]] = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0][:3] == ["Trường", "Số trẻ", "Tình trạng"]
    assert cells[1][:3] == ["Trường Hoa Cúc (mẫu)", "7", "Đúng hạn"]
    assert cells[3][:2] == ["Cộng", "7"]
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0] == "TỔNG HỢP: Số trẻ nghỉ ốm"
    assert "Hạn: 18/03/2024. Căn cứ: Công văn số 12 (mẫu). Đã trả lời 1/2." in words
    assert words[-1] == "Trường Hoa Cúc (mẫu): =cảm cúm"
    section = document.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (297, 30)
    assert document.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize(
    ("left", "said"),
    [(2, "còn 2 ngày làm việc"), (0, "Hôm nay, 18/03/2024"), (-3, "trễ 3 ngày làm việc")],
)
def test_a_reminder_names_who_has_not_answered(left: int, said: str) -> None:
    told = TOLD.model_copy(update={"working_days_left": left})
    who = reminder.waiting(told)
    words = reminder.text("vi", told, who, inside=False)
    assert said in words
    assert "\n- Trường Con Thuyền Lá (mẫu)\n" in words
    assert "Hoa Cúc" not in words
    assert "{" not in reminder.text("en", told, who, inside=False)


def test_teams_are_reminded_as_teams() -> None:
    words = reminder.text("vi", TOLD, reminder.waiting(TOLD), inside=True)
    assert words.startswith("Kính gửi các tổ,\n")
    assert "đơn vị" not in words
    assert "{" not in reminder.text("en", TOLD, reminder.waiting(TOLD), inside=True)


def test_nobody_is_reminded_of_what_all_have_sent() -> None:
    told = TOLD.model_copy(update={"addressees": TOLD.addressees[:1], "working_days_left": None})
    assert reminder.text("vi", told, reminder.waiting(told), inside=False) == ""
