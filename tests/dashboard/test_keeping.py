"""How long words are kept: seen by everybody, set by the district; erased on request."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import keeping, surveys
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import OWN as SCHOOL
from tests.dashboard.test_survey_setup import press

Open = Callable[..., AppTest]
OWN = str(surveys.CAMPAIGNS[2].campaign_id)


def test_everybody_sees_how_long_words_are_kept(open_page: Open) -> None:
    at = open_page("teacher", "survey_setup", part="keeping")
    page = text_of(at)
    for words in ("Câu trả lời tự viết", "60", "01/06/2026", "chưa có hiệu lực", "91/2025/QH15"):
        assert words in page, words
    assert not at.main.button


def test_an_officer_sets_another_time(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "survey_setup", part="keeping")
    at = press(at, "Lưu thời hạn")
    assert at.warning[0].value == "Xin chọn ngày và ghi căn cứ."
    at.date_input[0].set_value(date(2027, 1, 1))
    at.number_input[0].set_value(36)
    at.text_area[0].input("Công văn số 5")
    press(at, "Lưu thời hạn")
    said = {"words": "comments", "months": 36, "legal_basis": "Công văn số 5"}
    path = "POST /api/v1/keeping-rules"
    assert gateway.sent == [(path, said | {"valid_from": "2027-01-01"})]


def test_a_head_erases_a_comment_with_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "surveys", campaign=OWN)
    at = press(at, "Xóa hẳn")
    assert at.warning[0].value == "Xin ghi lý do."
    [chosen] = [one for one in at.selectbox if one.label == "Ý kiến"]
    chosen.select(str(made("comment 2")))
    at.text_area[0].input("Người được nhắc tên yêu cầu")
    at = press(at, "Xóa hẳn")
    path = f"POST /api/v1/campaigns/{OWN}/comments/{made('comment 2')}/erase"
    assert gateway.sent == [(path, {"reason": "Người được nhắc tên yêu cầu"})]
    assert "Đã xóa." in text_of(at)


@pytest.mark.parametrize(("role", "offered"), [("district_officer", True), ("principal", False)])
def test_the_words_of_a_report_are_erased_above_the_school(
    open_page: Open, gateway: FakeGateway, role: str, *, offered: bool
) -> None:
    at = press(open_page(role, "surveys"), "Đọc nội dung")
    assert ("Xóa hẳn" in {one.label for one in at.main.button}) is offered
    if offered:
        at.text_area[0].input("Người được nhắc tên yêu cầu")
        press(at, "Xóa hẳn")
        path = f"POST /api/v1/demands/{surveys.DEMAND.report_id}/erase"
        assert gateway.sent == [(path, {"reason": "Người được nhắc tên yêu cầu"})]


def test_what_is_erased_says_so(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = surveys.DEMAND.model_copy(update={"what": "", "when": "", "erased_on": date(2026, 3, 2)})
    monkeypatch.setattr(surveys, "DEMAND", gone)
    at = press(open_page("district_officer", "surveys"), "Đọc nội dung")
    assert "Nội dung đã được xóa ngày 02/03/2026." in text_of(at)
    assert "Xóa hẳn" not in {one.label for one in at.main.button}


def test_a_clerk_enters_a_request_and_notes_its_reply(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page("clerk", "survey_setup", part="keeping")
    page = text_of(at)
    assert "Số đến 2 ngày 02/03/2026" in page
    assert "quá hạn" in page
    assert "Số đến 1 ngày" not in page, "of another school"
    assert "Kết thúc yêu cầu" not in {one.label for one in at.main.button}
    press(at, "Đã trả lời: Số đến 2 ngày 02/03/2026")
    at = open_page("clerk", "survey_setup", part="keeping")
    at.text_input[0].input("Số đến 9 ngày 12/03/2026")
    at.date_input[0].set_value(date(2026, 3, 12))
    press(at, "Ghi yêu cầu")
    said = {"school": SCHOOL, "kind": "access", "reference": "Số đến 9 ngày 12/03/2026"}
    assert gateway.sent == [
        (f"POST /api/v1/data-requests/{keeping.WAITING.request_id}/reply", {}),
        ("POST /api/v1/data-requests", said | {"received_on": "2026-03-12"}),
    ]


def test_a_head_ends_a_request_and_says_how(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "survey_setup", part="keeping")
    at = press(at, "Kết thúc yêu cầu")
    assert at.warning[0].value == "Xin ghi lý do."
    at.radio[0].set_value("refused")
    at.text_area[0].input("Không ai tìm được phiếu của một người")
    press(at, "Kết thúc yêu cầu")
    body = {"outcome": "refused", "note": "Không ai tìm được phiếu của một người"}
    path = f"POST /api/v1/data-requests/{keeping.WAITING.request_id}/end"
    assert gateway.sent == [(path, body)]
