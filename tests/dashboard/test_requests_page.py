"""The page on requests: who asks, who answers, what is pasted into a chat."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from dashboard.sections.request_making import fields_of
from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample.requests import COLLECTION, REQUEST
from tests.dashboard.sample.schools import OWN, TITLES
from tests.dashboard.test_survey_setup import press

Open = Callable[..., AppTest]
OFFICER = "district_officer"
ONE = str(REQUEST.request_id)
INSIDE = str(COLLECTION.request_id)


def test_each_line_is_a_figure_unless_it_says_otherwise() -> None:
    found = fields_of("Số trẻ\n\n  Nguyên nhân (chữ) \nGhi chú (Chữ)\n", "(chữ)")
    assert [(one["code"], one["label"], one["kind"]) for one in found] == [
        ("c1", "Số trẻ", "number"),
        ("c2", "Nguyên nhân", "text"),
        ("c3", "Ghi chú", "text"),
    ]


def test_the_district_asks_all_its_schools(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "requests")
    assert "Thu thập số liệu trong trường" not in text_of(at)
    press(at, "Gửi yêu cầu")
    assert gateway.sent == []
    assert at.warning[0].value
    at.text_input(key="request_title").input("Số trẻ nghỉ ốm")
    at.text_input(key="request_basis").input("Công văn số 12")
    at.date_input(key="request_due_on").set_value(date(2024, 3, 18))
    at.text_area(key="request_fields").input("Số trẻ\nNguyên nhân (chữ)")
    press(at, "Gửi yêu cầu")
    [(route, body)] = gateway.sent
    assert route == "POST /api/v1/requests"
    assert set(body["schools"]) == set(TITLES)  # type: ignore[call-overload]
    assert (body["due_on"], body["wording"]) == ("2024-03-18", "by")
    assert "Đã gửi yêu cầu" in text_of(at)


def test_the_district_sees_who_is_late_and_gets_a_text_to_paste(open_page: Open) -> None:
    at = open_page(OFFICER, "requests", request=ONE)
    page = text_of(at)
    assert "Quá hạn chưa gửi" in page
    assert "Gửi trễ hạn" in page
    assert "16/03/2024 và 17/03/2024 là thứ Bảy" in page
    assert f"/requests/{ONE}/file?format=docx" in page
    assert TITLES[OWN] in at.code[0].value
    assert "Gửi trả lời" not in page


def test_a_clerk_answers_for_the_school(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("clerk", "requests", request=ONE)
    at.number_input[0].set_value(3)
    press(at, "Gửi trả lời")
    path = f"POST /api/v1/requests/{ONE}/answer"
    assert gateway.sent == [(path, {"school": OWN, "values": {"c1": 3}})]
    assert not at.code


def test_an_officer_closes_with_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page(OFFICER, "requests", request=ONE)
    press(at, "Đóng")
    assert gateway.sent == []
    at.text_area[0].input("Đã đủ số liệu")
    press(at, "Đóng")
    assert gateway.sent == [(f"POST /api/v1/requests/{ONE}/close", {"reason": "Đã đủ số liệu"})]


def test_a_head_asks_the_teams(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "requests")
    at.text_area(key="collection_teams").input("Tổ Mầm\nTổ Lá")
    at.text_input(key="collection_title").input("Sĩ số")
    at.text_input(key="collection_basis").input("Thông báo số 3")
    at.date_input(key="collection_due_on").set_value(date(2024, 3, 18))
    at.text_area(key="collection_fields").input("Sĩ số")
    press(at, "Gửi cho các tổ")
    [(route, body)] = gateway.sent
    assert (route, body["school"]) == ("POST /api/v1/collections", OWN)
    assert body["teams"] == ["Tổ Mầm", "Tổ Lá"]


def test_a_leader_corrects_what_the_team_said(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("unit_head", "requests", collection=INSIDE)
    assert at.number_input[0].value == 7
    at.number_input[0].set_value(7.5)
    press(at, "Gửi trả lời")
    values = {"c1": 7.5, "c2": "Cảm cúm"}
    body = {"school": OWN, "values": values, "team": "Tổ Lá (thí dụ)"}
    assert gateway.sent == [(f"POST /api/v1/collections/{INSIDE}/answer", body)]


def test_a_teacher_reads_and_changes_nothing(open_page: Open) -> None:
    assert not open_page("teacher", "requests", collection=INSIDE).main.button
    assert not open_page("teacher", "requests").main.button


def test_what_is_asked_stands_in_this_weeks_work(open_page: Open) -> None:
    page = text_of(open_page("principal", "my_school"))
    assert f"requests?request={ONE}" in page
    assert f"requests?collection={INSIDE}" in page
