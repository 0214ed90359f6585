"""What a page shows when something is missing: the gateway, the session, the right."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from gateway.words import say
from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import CORRELATION, FakeGateway

Open = Callable[..., AppTest]
VIEWS = ["overview", "surveys", "survey_setup", "inspections", "reports", "history", "account"]


@pytest.mark.parametrize("view", VIEWS)
def test_without_a_session_every_page_leads_to_the_login(open_page: Open, view: str) -> None:
    at = open_page("", view)
    page = text_of(at)
    assert "/login" in page
    assert "Đến trang đăng nhập" in page
    assert not at.exception


@pytest.mark.parametrize("view", VIEWS)
def test_a_session_that_ends_while_reading_leads_to_the_login(
    open_page: Open, gateway: FakeGateway, view: str
) -> None:
    open_page("district_officer", view)
    gateway.refusals["GET /me"] = "auth.required"
    at = open_page("district_officer", view)
    assert "Đến trang đăng nhập" in text_of(at)


def test_a_session_that_ends_between_two_questions_leads_to_the_login(
    open_page: Open, gateway: FakeGateway
) -> None:
    gateway.refusals["GET /campaigns"] = "auth.required"
    assert "Đến trang đăng nhập" in text_of(open_page("district_officer", "surveys"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_gateway_that_is_away_is_said_without_a_traceback(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("KIPTHOI_GATEWAY_URL", "http://127.0.0.1:1")
    at = open_page("district_officer", "surveys", language)
    page = text_of(at)
    assert ("chưa liên lạc được" if language == "vi" else "be reached at the moment") in page
    assert "gateway.away" in page
    assert not at.exception


@pytest.mark.parametrize(
    "code", ["auth.forbidden", "resource.not_found", "service.unavailable", "service.failed"]
)
def test_a_problem_is_told_with_its_sentence_code_and_number(
    open_page: Open, gateway: FakeGateway, code: str
) -> None:
    gateway.refusals["GET /campaigns"] = code
    at = open_page("district_officer", "surveys")
    page = text_of(at)
    assert say("vi", f"problem.{code}") in page
    assert CORRELATION in page
    assert not at.exception


def test_what_one_service_lacks_leaves_the_rest_of_the_page(
    open_page: Open, gateway: FakeGateway
) -> None:
    gateway.refusals["GET /demands"] = "service.unavailable"
    page = text_of(open_page("district_officer", "surveys"))
    assert "Đám Mây Tím" in page
    assert "service.unavailable" in page


def test_the_first_password_is_changed_before_anything_else(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page("fresh", "surveys")
    assert "Đổi mật khẩu lần đầu" in text_of(at)
    for field, value in zip(at.main.text_input, ("first", "second-long", "other"), strict=True):
        field.input(value)
    at.main.button[0].click().run()
    assert gateway.sent == []
    assert at.warning[0].value
    at.main.text_input[2].input("second-long")
    at.main.button[0].click().run()
    assert gateway.sent == [("POST /api/v1/me/password", {"old": "first", "new": "second-long"})]


def test_logging_out_ends_the_session_on_the_server(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "account")
    at.sidebar.button[0].click().run()
    assert gateway.sent == [("POST /api/v1/logout", {})]


def test_the_language_switch_changes_the_page_and_the_address(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page("district_officer", "surveys")
    at.sidebar.segmented_control[0].set_value("en").run()
    assert "Surveys" in text_of(at)
    assert at.query_params["lang"] == "en"
    assert "en" in gateway.languages
    at.sidebar.segmented_control[0].set_value("vi").run()
    assert "lang" not in at.query_params
