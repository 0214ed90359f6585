"""The page on forms and the calendar: what everybody sees, what the district changes."""

import base64
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import survey_setup, surveys

Open = Callable[..., AppTest]
OFFICER = "district_officer"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def press(at: AppTest, label: str) -> AppTest:
    """Press the button that says so."""
    [button] = [one for one in at.main.button if one.label == label]
    return button.click().run()


def test_everybody_sees_which_versions_there_are(open_page: Open) -> None:
    page = text_of(open_page("teacher", "survey_setup"))
    assert "phiên bản" in page.lower()
    assert "06/05/2019" in page
    assert "chỉ dùng cho đợt thêm" in page
    assert "Cán bộ Phòng (mẫu)" in page


@pytest.mark.parametrize("part", ["forms", "rules", "exemptions"])
def test_who_is_measured_changes_nothing(open_page: Open, part: str) -> None:
    at = open_page("principal", "survey_setup", part=part)
    assert not at.main.button
    assert not at.main.file_uploader


def test_a_version_shows_its_questions_and_files(open_page: Open) -> None:
    page = text_of(open_page("teacher", "survey_setup", form="tthc", version="1"))
    assert "Hài lòng chung về việc giải quyết thủ tục" in page
    assert "/api/v1/forms/tthc/1/file?format=xlsx" in page
    assert "câu lọc, có/không" in page


def test_a_file_is_looked_at_and_then_published(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "survey_setup")
    at.file_uploader[0].set_value(("phieu.xlsx", b"PK", XLSX)).run()
    assert "Sẽ là phiên bản 1002" in text_of(at)
    body = {"format": "xlsx", "content": base64.b64encode(b"PK").decode()}
    assert gateway.sent == [("POST /api/v1/forms", {**body, "publish": False})]
    press(at, "Ban hành phiên bản này")
    assert gateway.sent[1:] == [("POST /api/v1/forms", {**body, "publish": True})]
    assert "Đã ban hành phiên bản mới" in text_of(at)


def test_a_malformed_file_is_refused_with_its_reason(open_page: Open) -> None:
    at = open_page(OFFICER, "survey_setup")
    data = base64.b64decode(survey_setup.MALFORMED)
    at.file_uploader[0].set_value(("phieu.yaml", data, "text/yaml")).run()
    page = text_of(at)
    assert "surveys.form_malformed" in page
    assert "Ban hành phiên bản này" not in page


def test_an_officer_lets_the_calendar_use_a_version(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "survey_setup", form="care", version="1001")
    at.date_input[0].set_value(date(2024, 9, 1))
    press(at, "Dùng từ ngày này")
    path = "POST /api/v1/forms/care/1001/use"
    assert gateway.sent == [(path, {"valid_from": "2024-09-01"})]


def test_a_rule_is_set_from_what_the_newest_says(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "survey_setup", part="rules")
    page = text_of(at)
    assert "chưa đến hiệu lực" in page
    assert "giao việc cải thiện" in page
    assert "Trường Mầm non Cầu Vồng Giấy (thí dụ)" in page
    at.date_input[0].set_value(date(2025, 9, 1))
    press(at, "Lưu quy tắc")
    assert gateway.sent == [
        (
            "POST /api/v1/campaign-rules",
            {
                "valid_from": "2025-09-01",
                "legal_basis": "Kế hoạch số 77/KH-GDĐT (thí dụ)",
                "target_percent": 96,
                "field_working_days": 12,
                "term_begins": {"month": 9, "day": 5},
                "term_ends": {"month": 5, "day": 31},
                "care_length": "short",
            },
        )
    ]


def test_an_officer_lets_an_inspection_follow_from_a_missed_target(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page(OFFICER, "survey_setup", part="rules")
    assert "giao việc cải thiện, trong 20 ngày làm việc" in text_of(at)
    at.radio(key="below-action-below-target").set_value("propose_inspection")
    at.number_input(key="below-days-below-target").set_value(3)
    at = press(at, "Lưu việc tiếp theo")
    body = {"action": "propose_inspection", "working_days": 3}
    assert gateway.sent == [("PUT /api/v1/trigger-rules/below-target", body)]
    assert "Áp dụng cho các đợt kết thúc từ hôm nay" in text_of(at)


def test_a_rule_ahead_is_withdrawn(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "survey_setup", part="rules")
    press(at, "Bỏ quy tắc từ 01/09/2024")
    assert gateway.sent == [("POST /api/v1/campaign-rules/2024-09-01/withdraw", {})]


def test_a_school_gets_a_short_form(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "survey_setup", part="rules")
    at.selectbox[0].select("dam-may-tim")
    [length] = [one for one in at.segmented_control if "rule" in one.options or one.value == "rule"]
    length.set_value("short")
    press(at, "Lưu lựa chọn")
    path = "POST /api/v1/schools/dam-may-tim/care-length"
    assert gateway.sent == [(path, {"length": "short"})]


def test_an_exemption_names_school_quarter_and_reason(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page(OFFICER, "survey_setup", part="exemptions", school="dam-may-tim")
    press(at, "Miễn khảo sát")
    assert gateway.sent == []
    assert at.warning[0].value
    [quarter] = [one for one in at.selectbox if one.label == "Quý"]
    quarter.select(3)
    at.number_input[0].set_value(2024)
    at.text_area[0].input("Trường sửa chữa")
    press(at, "Miễn khảo sát")
    body = {
        "school": "dam-may-tim",
        "form": None,
        "quarter": {"year": 2024, "index": 3},
        "reason": "Trường sửa chữa",
    }
    assert gateway.sent == [("POST /api/v1/exemptions", body)]


def test_an_exemption_is_lifted(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "survey_setup", part="exemptions")
    assert "đã bỏ" in text_of(at)
    [button] = [one for one in at.main.button if one.label.startswith("Bỏ miễn")]
    button.click().run()
    exemption = survey_setup.EXEMPTIONS[0].exemption_id
    assert gateway.sent == [(f"POST /api/v1/exemptions/{exemption}/lift", {})]


def test_an_extra_campaign_names_its_version(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "survey_setup", part="extra")
    at.selectbox[1].select_index(1)
    at.date_input[0].set_value(date(2024, 4, 1))
    at.date_input[1].set_value(date(2024, 4, 12))
    at.text_input[0].input("Kế hoạch của trường")
    press(at, "Mở đợt này")
    [(path, body)] = gateway.sent
    assert path == "POST /api/v1/campaigns"
    assert (body["form"], body["form_version"], body["length"]) == ("care", 1001, "whole")
    assert (body["opens_on"], body["closes_on"]) == ("2024-04-01", "2024-04-12")


def test_an_officer_moves_a_planned_campaign(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "surveys", campaign=str(surveys.PLANNED))
    at.date_input[0].set_value(date(2024, 6, 5))
    press(at, "Lưu ngày mới")
    path = f"POST /api/v1/campaigns/{surveys.PLANNED}/days"
    assert gateway.sent == [(path, {"opens_on": "2024-06-05", "closes_on": "2024-06-14"})]


def test_a_head_can_t_move_one(open_page: Open) -> None:
    at = open_page("principal", "surveys", campaign=str(surveys.PLANNED))
    assert not at.date_input
