"""Who has sent what as a file: the same figures as the page, and nothing that Excel would run."""

import csv
from datetime import date
from io import BytesIO, StringIO
from uuid import uuid4

from openpyxl import load_workbook

from contracts.forms import Words
from contracts.periods import PeriodRef
from contracts.rpc.figures import Timeliness
from contracts.rpc.oversight import Matrix, MatrixCell, MatrixColumn, MatrixRow
from gateway.exports.matrix import tables
from gateway.spreadsheets import render

Q1 = PeriodRef(
    kind="quarter",
    year=2024,
    index=1,
    starts_on=date(2023, 12, 15),
    ends_on=date(2024, 3, 14),
)
EVIL = '=HYPERLINK("http://x")'


def matrix() -> Matrix:
    late = MatrixCell(
        obligation_id=uuid4(),
        state="submitted_late",
        due_on=date(2024, 3, 18),
        working_days_left=None,
        submitted_on=date(2024, 3, 20),
        late_working_days=2,
        withdrawn=False,
    )
    over = late.model_copy(
        update={"state": "overdue", "submitted_on": None, "late_working_days": None}
    )
    return Matrix(
        as_of=date(2024, 3, 21),
        year=2024,
        years=(2024,),
        columns=(
            MatrixColumn(
                kind="periodic",
                kind_words=Words(vi="Báo cáo định kỳ", en="Periodic report"),
                period=Q1,
                stands=Timeliness(late=1, overdue=1, on_time_percent=0.0),
            ),
        ),
        rows=(
            MatrixRow(school="cau-vong-giay", title=EVIL, cells=(late,), stands=Timeliness(late=1)),
            MatrixRow(
                school="dam-may-tim", title="Mây", cells=(over,), stands=Timeliness(overdue=1)
            ),
            MatrixRow(school="moi-mo", title="Mới", cells=(None,), stands=Timeliness()),
        ),
    )


def test_the_workbook_holds_the_matrix_and_a_row_for_each_report() -> None:
    book = load_workbook(BytesIO(render(tables("vi", matrix()), "xlsx")))
    grid, listed = ([list(row) for row in sheet.values] for sheet in book.worksheets)
    assert grid[0][:2] == ["Trường", "Báo cáo định kỳ, quý I/2024"]
    assert grid[1][1] == "Gửi trễ hạn, 20/03/2024 (+2)"
    assert grid[2][1] == "Quá hạn chưa gửi, hạn 18/03/2024"
    assert grid[3][1] is None
    assert grid[4][1:4] == [0, 0, 1]
    assert len(listed) == 3
    assert listed[1][2:4] == ["Báo cáo định kỳ", "quý I/2024"]
    assert listed[1][4:] == ["18/03/2024", "Gửi trễ hạn", "20/03/2024", 2]


def test_no_cell_is_a_formula() -> None:
    book = load_workbook(BytesIO(render(tables("vi", matrix()), "xlsx")))
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert [row[0] for row in book.worksheets[0].values][1] == f"'{EVIL}"
    text = render(tables("en", matrix()), "csv").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[1][1] == f"'{EVIL}"
    assert rows[2][5] == "Overdue, not sent"
