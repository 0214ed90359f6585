"""Who has sent what over many schools, and their reports in one Word file."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from docx import Document

from contracts.problems import Problem
from contracts.rpc import oversight as m
from contracts.rpc.base import Actor
from reports.application import matrix, summarising
from reports.domain.documents.summary import build
from tests.storage.reports.conftest import CLERK, OPERATOR, Room
from tests.storage.reports.papers import compose, number
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered

DISTRICT = Actor(role="district_officer", schools=(SCHOOL, OTHER))
FOREIGN = Actor(role="district_officer", schools=("truong-khac",))


@pytest.fixture
def both(room: Room) -> Room:
    """Two schools; one sent its periodic report with its document, both owe the others."""
    room.hear(registered(OTHER, "Trường Con Thuyền Lá (thí dụ)"))
    number(room, compose(room).document_id)
    room.clock.move(date(2024, 3, 20))
    room.submit(room.quarter().obligation_id)
    room.tick(date(2024, 3, 21))
    return room


def seen(room: Room, actor: Actor = DISTRICT, **wanted: object) -> m.Matrix:
    with room.call(actor) as work:
        return matrix.get_matrix(work, m.GetMatrix.model_validate(wanted))


def summary(
    room: Room, actor: Actor = DISTRICT, kind: str = "periodic", period: str = "2024-q1"
) -> bytes:
    with room.call(actor) as work:
        request = m.GetSummaryFile(kind=kind, period=period)
        return build(summarising.summarise(work, request))


def words_of(docx: bytes) -> str:
    document = Document(BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_row_for_each_school_and_a_column_for_each_kind_and_period(both: Room) -> None:
    told = seen(both)
    assert (told.year, told.years[0] >= 2024) == (2024, True)
    assert [row.title for row in told.rows] == sorted(row.title for row in told.rows)
    assert len(told.columns) == 16
    ends = [one.period.ends_on for one in told.columns]
    assert ends == sorted(ends)
    place = [(one.kind, one.period.key) for one in told.columns].index(("periodic", "2024-q1"))
    cells = {row.school: row.cells[place] for row in told.rows}
    sent, owed = cells[SCHOOL], cells[OTHER]
    assert sent is not None
    assert owed is not None
    assert (sent.state, sent.late_working_days) == ("submitted_late", 2)
    assert (owed.state, owed.working_days_left) == ("overdue", -3)
    stands = told.columns[place].stands
    assert (stands.late, stands.overdue, stands.on_time_percent) == (1, 1, 0.0)
    # Each cell is what the list of obligations says.
    listed = {one.obligation_id: one for one in both.listed(OPERATOR)}
    for row in told.rows:
        for cell in row.cells:
            assert cell is not None
            one = listed[cell.obligation_id]
            assert cell == m.MatrixCell.model_validate(
                {name: getattr(one, name) for name in m.MatrixCell.model_fields}
            )
        states = [listed[cell.obligation_id].state for cell in row.cells if cell]
        assert states.count("overdue") == row.stands.overdue


def test_it_is_narrowed_and_keeps_to_its_scope(both: Room) -> None:
    one = seen(both, kind="annual")
    assert [(column.kind, column.period.key) for column in one.columns] == [("annual", "2024")]
    quarter = seen(both, period="2024-q2", year=2030)
    assert (quarter.year, {one.period.key for one in quarter.columns}) == (2024, {"2024-q2"})
    assert [row.school for row in seen(both, CLERK).rows] == [SCHOOL]
    nothing = seen(both, FOREIGN)
    assert (nothing.rows, nothing.columns, nothing.years) == ((), (), ())
    assert seen(both, year=2001).rows == ()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"kind": "none"}, "reports.unknown_kind"),
        ({"period": "2024-x"}, "reports.unknown_period"),
        ({"period": "1200"}, "reports.unknown_period"),
    ],
)
def test_what_is_not_there_is_refused(both: Room, wanted: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as refused:
        seen(both, DISTRICT, **wanted)
    assert refused.value.code == code


def test_too_much_is_refused(both: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(m, "MOST_CELLS", 31)
    assert len(seen(both, kind="periodic").columns) == 4
    with pytest.raises(Problem) as refused:
        seen(both)
    assert (refused.value.code, refused.value.params["most"]) == ("reports.selection_too_large", 31)
    monkeypatch.setattr(m, "MOST_REPORTS", 1)
    with pytest.raises(Problem) as refused:
        summary(both)
    assert refused.value.code == "reports.selection_too_large"


def test_the_reports_of_all_schools_in_one_file(both: Room) -> None:
    told = words_of(summary(both))
    assert "TỔNG HỢP BÁO CÁO ĐỊNH KỲ" in told
    assert "Quý I năm 2024" in told
    assert "2 trường, gửi đúng hạn 0, gửi trễ hạn 1, quá hạn chưa gửi 1" in told
    assert "Quá hạn chưa gửi" in told
    assert "05/BC-" in told
    assert "Còn thiếu." in told, "what the school wrote in its document"
    assert "Nguyễn Thí Dụ" not in told, "nobody is named"
    assert "Số việc khắc phục đã xong" in told


def test_figures_are_summed_and_shares_are_not(both: Room) -> None:
    other = both.quarter(OTHER).obligation_id
    send_as(both, other)
    with both.call(DISTRICT) as work:
        told = summarising.summarise(work, m.GetSummaryFile(kind="periodic", period="2024-q1"))
    grids = [grid for part in told.parts for grid in part.grids]
    assert [len(grid.heads) for grid in grids] == [7, 7, 7, 4], "a page is no wider"
    for grid in grids:
        *schools, total = grid.rows
        assert [row[1] for row in schools] == [row.title for row in seen(both).rows]
        assert total[1] == "Cộng"
        for place, head in enumerate(grid.heads[2:], 2):
            values = [row[place] for row in schools]
            if head.startswith("Tỷ lệ"):
                assert total[place] == "–"
            else:
                numbers = [int(value) for value in values if value != "–"]
                assert total[place] == str(sum(numbers))


def send_as(room: Room, obligation_id: UUID) -> None:
    head = Actor(role="principal", display_name="Hiệu trưởng khác (mẫu)", schools=(OTHER,))
    room.submit(obligation_id, head)


def test_the_page_is_an_official_one(both: Room) -> None:
    section = Document(BytesIO(summary(both))).sections[0]
    lengths = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in lengths if length] == [210, 297, 30, 20]


def test_a_summary_of_nothing_is_refused(both: Room) -> None:
    for actor, period in ((FOREIGN, "2024-q1"), (DISTRICT, "2001-q1")):
        with pytest.raises(Problem) as refused:
            summary(both, actor, period=period)
        assert refused.value.code == "reports.nothing_owed"
