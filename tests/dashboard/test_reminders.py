"""Reminders in the dashboard: what a school reads, what the district pastes, where mails go."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from contracts.rpc.reminders import ReminderMails
from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import Asked, FakeGateway
from tests.dashboard.sample.reminders import list_mails
from tests.dashboard.sample.schools import OWN, TITLES
from tests.dashboard.test_survey_setup import press

Open = Callable[..., AppTest]


def test_a_school_is_reminded_on_its_own_page(open_page: Open) -> None:
    page = text_of(open_page("clerk", "my_school"))
    assert "Nhắc việc" in page
    assert "20/03/2024" in page, "the day on which the step came"
    assert "Thư nhắc việc" not in page


def test_a_deadline_that_moved_stands_with_the_one_that_it_was(open_page: Open) -> None:
    page = text_of(open_page("principal", "my_school"))
    assert "Hạn vừa thay đổi" in page
    for day in ("22/03/2024", "25/03/2024", "12/03/2024"):
        assert day in page


def test_the_district_pastes_a_text_and_sees_mails_that_did_not_leave(open_page: Open) -> None:
    at = open_page("district_viewer", "reports")
    page = text_of(at)
    assert TITLES[OWN] in at.code[0].value
    assert "địa chỉ bị từ chối; đã thử 2 lần" in page
    assert "không nối được máy chủ thư" in page
    assert "Chưa có địa chỉ thư" in page
    assert "Chưa khai báo máy chủ thư" not in page
    assert "Sổ địa chỉ thư" not in [one.label for one in at.expander]


def test_without_a_mail_server_the_page_says_why_mails_wait(
    open_page: Open, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = list_mails(Asked("district_viewer", {}, {}, {})).items
    waiting = ReminderMails(items=mails, leaving=False)
    monkeypatch.setitem(gateway.routes, "GET /reminder-mails", lambda _: waiting)
    assert "Chưa khai báo máy chủ thư" in text_of(open_page("district_viewer", "reports"))


def test_a_head_sees_the_mails_of_the_school_and_no_text(open_page: Open) -> None:
    at = open_page("principal", "reports")
    page = text_of(at)
    assert "Thư nhắc việc" in page
    assert TITLES["dam-may-tim"] not in page
    assert not at.code


def test_an_officer_keeps_the_address_book(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "reports")
    area = next(one for one in at.text_area if one.label == "Địa chỉ thư")
    assert area.value == "vanphong@example.vn"
    area.input("vanphong@example.vn\n\n hieutruong@example.vn ")
    press(at, "Lưu địa chỉ")
    [(route, body)] = gateway.sent
    assert route == f"POST /api/v1/schools/{OWN}/mail-addresses"
    assert body == {"addresses": ["vanphong@example.vn", "hieutruong@example.vn"]}
    assert "Đã lưu địa chỉ" in text_of(at)
