"""The district's matrix of reports, and more time for one of them."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import reports
from tests.dashboard.test_survey_setup import press

Open = Callable[..., AppTest]
OFFICER = "district_officer"


def test_each_school_and_kind_has_its_cell_and_the_files_are_linked(open_page: Open) -> None:
    page = text_of(open_page(OFFICER, "reports"))
    assert f"obligation={reports.LATE}" in page
    assert "Gửi trễ hạn" in page
    assert "/report-matrix/file?year=2024&amp;period=2024-q1&amp;format=xlsx" in page
    assert "/report-summaries/cchc_result/2024-q1/file" in page


def test_a_kind_and_a_year_narrow_it(open_page: Open) -> None:
    at = open_page(OFFICER, "reports")
    [kind] = [one for one in at.main.selectbox if one.label == "Báo cáo"]
    page = text_of(kind.set_value("periodic").run())
    assert "/report-summaries/periodic/2024-q1/file" in page
    assert "/report-summaries/cchc_result/" not in page
    page = text_of(at.selectbox(key="matrix_year").set_value(2023).run())
    assert "Chưa có báo cáo nào phải nộp." in page


def test_the_matrix_is_the_districts(open_page: Open) -> None:
    assert "kt-matrix" not in text_of(open_page("principal", "reports"))


def test_more_time_is_given_with_a_day_and_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "reports", obligation=reports.OWN_OVERDUE)
    press(at, "Gia hạn báo cáo này")
    assert gateway.sent == []
    at.date_input(key="extend_until").set_value(date(2024, 3, 27))
    [reason] = [one for one in at.main.text_area if one.label == "Lý do gia hạn"]
    reason.input("Trường sửa chữa")
    press(at, "Gia hạn báo cáo này")
    assert gateway.sent == [
        (
            f"POST /api/v1/obligations/{reports.OWN_OVERDUE}/extend",
            {"due_on": "2024-03-27", "reason": "Trường sửa chữa"},
        )
    ]


def test_what_is_sent_gets_no_more_time(open_page: Open) -> None:
    page = text_of(open_page(OFFICER, "reports", obligation=reports.SENT_LATE))
    assert "Gia hạn báo cáo này" not in page
