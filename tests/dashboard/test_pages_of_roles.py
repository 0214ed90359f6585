"""Every page for every role in both languages: it draws, and shows no more than the role's part."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.duties import pages_of
from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway, Route
from tests.dashboard.sample import inspections, overview, reports, requests, surveys, traces

Open = Callable[..., AppTest]
ROLES = ["principal", "district_officer", "district_viewer", "operator", "clerk", "union"]
PAGES = [(role, view) for role in ROLES for view in pages_of(role)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("role", "view"), PAGES)
def test_a_page_draws(open_page: Open, role: str, view: str, language: str) -> None:
    at = open_page(role, view, language)
    assert "kt-head" in text_of(at)
    assert not at.exception


@pytest.mark.parametrize("part", ["remedies", "tasks", "petitions", "evaluations", "duty"])
def test_a_part_of_inspections_draws(open_page: Open, part: str) -> None:
    at = open_page("principal", "inspections", part=part)
    assert at.query_params["part"] == part
    assert "kt-table" in text_of(at) or "kt-card" in text_of(at)


@pytest.mark.parametrize("view", pages_of("district_officer"))
def test_a_district_without_anything_draws_too(
    open_page: Open, gateway: FakeGateway, view: str
) -> None:
    gateway.routes = gateway.routes | {
        name: _emptied(route) for name, route in gateway.routes.items() if name.startswith("GET")
    }
    at = open_page("district_officer", view)
    assert "kt-head" in text_of(at)
    assert not at.exception


MATTERS = [
    ("principal", "reports", {"obligation": reports.OWN_OVERDUE}),
    ("district_officer", "reports", {"obligation": reports.OWN_SENT}),
    ("principal", "inspections", {"inspection": inspections.PROPOSED}),
    ("district_officer", "surveys", {"campaign": str(surveys.OPEN)}),
    ("principal", "surveys", {"campaign": str(surveys.CAMPAIGNS[2].campaign_id)}),
    ("district_officer", "requests", {"request": str(requests.REQUEST.request_id)}),
    ("principal", "requests", {"collection": str(requests.COLLECTION.request_id)}),
    ("district_officer", "history", {"matter": str(traces.MATTER)}),
]


@pytest.mark.parametrize(("role", "view", "query"), MATTERS)
def test_a_matter_with_nothing_beside_it_draws_too(
    open_page: Open, gateway: FakeGateway, role: str, view: str, query: dict[str, str]
) -> None:
    gateway.routes = gateway.routes | {
        name: _emptied(route) for name, route in gateway.routes.items() if name.startswith("GET")
    }
    at = open_page(role, view, **query)
    assert "kt-head" in text_of(at)
    assert not at.exception


def test_a_report_without_a_document_says_so(open_page: Open, gateway: FakeGateway) -> None:
    name = "GET /obligations/{obligation_id}/documents"
    gateway.routes = gateway.routes | {name: _emptied(gateway.routes[name])}
    page = text_of(open_page("clerk", "reports", obligation=reports.OWN_OVERDUE))
    assert "Chưa có văn bản nào." in page
    assert "1. Số liệu chính so với kỳ trước" in page, "it can be written"


def _emptied(route: Route) -> Route:
    """The same question, as a system without data answers it: lists are empty."""

    def answer(asked: object) -> object:
        reply = route(asked)  # type: ignore[arg-type]
        emptied = {
            name: () if name != "schools" else value
            for name, value in reply
            if isinstance(value, tuple) and name in {"items", "overdue", "kinds", "periods"}
        }
        rest = {"period": None, "tthc": None} if "minimum_sample" in dict(reply) else {}
        return reply.model_copy(update=emptied | rest)

    return answer  # type: ignore[return-value]


def test_the_overview_begins_with_what_is_overdue(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "overview"))
    late, kinds, schools = (
        page.index(words) for words in ("Việc quá hạn", "Đúng hạn theo loại", "Từng trường")
    )
    assert late < kinds < schools
    assert "Quá hạn, đã chuyển" not in page
    assert page.count('<tr class="late">') == 4


def test_the_overview_pools_counts_and_says_what_is_too_small(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "overview"))
    assert "94,0\u00a0%" in page
    assert "dưới mẫu tối thiểu 140" in page
    assert "Dưới 5 phiếu" in page
    assert "Số phiếu còn ít, chưa đủ cơ sở kết luận" in page


def test_another_period_is_asked_for(open_page: Open) -> None:
    at = open_page("district_officer", "overview")
    at.selectbox(key="period").select_index(0).run()
    assert at.session_state["period"] == "2024-q2"
    assert not at.exception


def test_a_principal_finds_this_weeks_work(open_page: Open) -> None:
    page = text_of(open_page("principal", "my_school"))
    assert "Trường tôi – việc tuần này" in page
    assert "Trễ 2 ngày làm việc" in page
    assert "Kiểm tra theo phản ánh: chờ quyết định" in page
    assert "Còn 1 việc có hạn muộn hơn." in page
    assert "Bình quân mỗi tháng" in page


def test_what_waits_for_approval_or_came_back_is_this_weeks_work(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    far: dict[str, object] = {
        "state": "upcoming",
        "working_days_left": 40,
        "stage": "awaiting_approval",
    }
    back: dict[str, object] = {"state": "returned", "working_days_left": None, "withdrawn": True}
    changed = {reports.OWN_WAITING: far, reports.OWN_SENT: back}
    told = [one.model_copy(update=changed.get(str(one.obligation_id), {})) for one in reports.ALL]
    monkeypatch.setattr(reports, "ALL", tuple(told))
    page = text_of(open_page("principal", "my_school"))
    assert "Chờ duyệt" in page
    assert "Còn 40 ngày làm việc" in page
    assert "Trường đã rút lại, cần gửi lại" in page


def test_what_a_role_may_not_ask_is_left_out(open_page: Open, gateway: FakeGateway) -> None:
    gateway.refusals |= {"GET /petitions": "auth.forbidden", "GET /duty-ratio": "auth.forbidden"}
    page = text_of(open_page("teacher", "my_school"))
    assert "auth.forbidden" not in page
    assert "Tập huấn (K15)" in page


def test_what_one_service_cannot_tell_leaves_the_rest(
    open_page: Open, gateway: FakeGateway
) -> None:
    gateway.refusals["GET /remedies"] = "service.unavailable"
    page = text_of(open_page("district_officer", "overview"))
    assert "service.unavailable" in page
    assert "Từng trường" in page


def test_accounts_are_listed_for_who_keeps_them(open_page: Open) -> None:
    assert "Tài khoản trong hệ thống" in text_of(open_page("operator", "account"))
    assert "Tài khoản trong hệ thống" not in text_of(open_page("teacher", "account"))


def test_the_union_finds_remedies_without_the_inspections_behind_them(open_page: Open) -> None:
    page = text_of(open_page("union", "inspections"))
    assert "Tập huấn (K15)" in page
    assert "?inspection=" not in page


def test_a_school_finds_its_reports_by_what_they_ask_for(open_page: Open) -> None:
    page = text_of(open_page("principal", "reports"))
    groups = [page.index(f'kt-h2">{name}') for name in ("Quá hạn", "Sắp đến hạn", "Đã gửi")]
    assert groups == sorted(groups)


def test_the_district_finds_schools_and_kinds_as_a_matrix(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "reports"))
    assert "kt-matrix" in page
    for state in ("Đúng hạn", "Gửi trễ hạn", "Quá hạn chưa gửi", "Sắp đến hạn", "Được miễn"):
        assert state in page


def test_a_report_says_what_it_has_to_hold(open_page: Open) -> None:
    page = text_of(open_page("principal", "reports", obligation=reports.OWN_OVERDUE))
    assert "<li>Số liệu chính so với kỳ trước</li>" in page


def test_the_calendar_answers_with_its_reasons(open_page: Open) -> None:
    at = open_page("clerk", "reports")
    at.date_input[0].set_value(date(2025, 12, 31))
    [add] = [one for one in at.main.button if one.label == "Tính ngày"]
    page = text_of(add.click().run())
    assert "<b>10/01/2026</b>" in page
    assert "là thứ Bảy, Chủ nhật" in page


def test_the_deadline_of_a_kind_is_asked_by_its_name(open_page: Open, gateway: FakeGateway) -> None:
    def ask(at: AppTest) -> str:
        [button] = [one for one in at.main.button if one.label == "Tra hạn"]
        return text_of(button.click().run())

    at = open_page("clerk", "reports")
    [kind] = [box for box in at.main.selectbox if box.label == "Loại báo cáo"]
    [year] = [box for box in at.main.number_input if box.label == "Năm"]
    at = year.set_value(2024).run()
    [period] = [box for box in at.main.selectbox if box.label == "Kỳ"]
    assert period.options == ["quý I/2024", "quý II/2024", "quý III/2024", "quý IV/2024"]
    assert "<b>18/03/2024</b>" in ask(at)
    gateway.refusals["GET /workdays/deadline"] = "reports.kind_without_period"
    assert "reports.kind_without_period" in ask(at)
    assert kind.options[0] == "Báo cáo kết quả cải cách hành chính"


def test_a_viewer_finds_no_way_to_act(open_page: Open) -> None:
    assert not open_page("district_viewer", "inspections").main.text_area
    at = open_page("district_viewer", "inspections", inspection=inspections.ESCALATED)
    assert not at.main.text_area
    assert not open_page("district_viewer", "reports", obligation=reports.SENT_LATE).main.text_area


def test_names_are_shown_as_text(open_page: Open, gateway: FakeGateway) -> None:
    evil = "<img src=x onerror=alert(1)>"
    row = overview.row("cau-vong-giay").model_copy(update={"title": evil})
    whole = gateway.routes["GET /overview"]
    gateway.routes = gateway.routes | {
        "GET /overview": lambda asked: whole(asked).model_copy(update={"schools": (row,)})
    }
    page = text_of(open_page("district_officer", "overview"))
    assert evil not in page
    assert "&lt;img src=x" in page
