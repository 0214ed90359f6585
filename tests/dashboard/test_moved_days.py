"""Days that are moved, in the dashboard: everybody reads them, the district enters them."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.test_survey_setup import press

Open = Callable[..., AppTest]


def test_everybody_reads_which_days_moved_and_by_what(open_page: Open) -> None:
    at = open_page("teacher", "reports")
    page = text_of(at)
    assert "Công văn số 99/UBND (thí dụ)" in page
    assert "04/05/2024" in page
    assert "Làm việc bù" in page
    assert 'href="https://example.vn/2450"' in page
    assert "Ghi vào lịch" not in [one.label for one in at.main.button]


def test_an_officer_enters_a_day_with_its_document(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "reports")
    assert "Xin ghi ngày" in str([one.value for one in press(at, "Ghi vào lịch").main.warning])
    at.main.date_input(key="moved_day").set_value(date(2024, 9, 3))
    basis = next(one for one in at.main.text_input if one.label == "Căn cứ")
    basis.set_value("Công văn số 7 (mẫu)")
    press(at, "Ghi vào lịch")
    body = {"kind": "off", "legal_basis": "Công văn số 7 (mẫu)", "replaces": False}
    assert gateway.sent == [("PUT /api/v1/calendar/2024-09-03", body)]
