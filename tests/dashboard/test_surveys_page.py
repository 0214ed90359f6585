from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import surveys

Open = Callable[..., AppTest]


def test_an_officer_sees_the_campaigns_of_all_schools(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "surveys"))
    assert "Đám Mây Tím" in page
    assert "Hoa Hồng" in page
    assert "87,4\u00a0%" in page
    assert "Chưa đạt chỉ tiêu" in page


def test_a_principal_sees_the_own_school_and_is_asked_nothing(open_page: Open) -> None:
    at = open_page("principal", "surveys")
    assert "Đám Mây Tím" not in text_of(at)
    assert not at.selectbox


def test_choosing_a_school_narrows_the_list_and_the_address(open_page: Open) -> None:
    at = open_page("district_officer", "surveys")
    at.selectbox[0].select("dam-may-tim").run()
    assert at.query_params["school"] == "dam-may-tim"
    page = text_of(at)
    assert "87,4" in page
    assert "97,9" not in page


def test_few_answers_bring_the_caution_beside_the_verdict(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "surveys", campaign=str(surveys.MET)))
    assert "97,9\u00a0%" in page
    assert "Đạt chỉ tiêu" in page
    assert "Số phiếu còn ít, chưa đủ cơ sở kết luận" in page


def test_an_open_campaign_tells_its_number_of_answers_alone(open_page: Open) -> None:
    at = open_page("district_officer", "surveys", campaign=str(surveys.OPEN))
    page = text_of(at)
    assert ">143<" in page
    assert "kt-gauge" not in page
    assert "/k/hoahongmaucare2024q2" in page
    assert "data:image/svg+xml" in page


def test_more_answers_than_forms_are_pointed_out(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [one.model_copy(update={"handed_out": 100}) for one in surveys.CAMPAIGNS]
    at = open_page("district_officer", "surveys", campaign=str(surveys.MET))
    assert "nhiều hơn" not in text_of(at)
    monkeypatch.setattr(surveys, "CAMPAIGNS", told)
    at = open_page("district_officer", "surveys", campaign=str(surveys.MET))
    assert "nhiều hơn 100 phiếu đã phát" in text_of(at)


def test_too_few_answers_show_no_figures(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "surveys", campaign=str(surveys.TOO_FEW)))
    assert "Dưới 5 phiếu" in page
    assert "kt-gauge" not in page


def test_results_read_in_english(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "surveys", "en", campaign=str(surveys.NOT_MET)))
    assert "87.4%" in page
    assert "Below target" in page
    assert "118 of 135 valid answers" in page


def test_an_officer_closes_a_campaign_with_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "surveys", campaign=str(surveys.OPEN))
    at.text_area[0].input("Đủ phiếu")
    at.main.button[-1].click().run()
    path = f"POST /api/v1/campaigns/{surveys.OPEN}/close"
    assert gateway.sent == [(path, {"reason": "Đủ phiếu"})]
    assert "Đã kết thúc đợt khảo sát" in text_of(at)


@pytest.mark.parametrize("role", ["principal", "district_viewer"])
def test_others_find_no_way_to_close_one(open_page: Open, role: str) -> None:
    at = open_page(role, "surveys", campaign=str(surveys.OPEN))
    assert not at.text_area


def test_a_demand_is_read_only_when_asked_for(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "surveys")
    assert "xin giấy xác nhận" not in text_of(at)
    at.button(key=f"read-demand-{surveys.DEMAND.report_id}").click().run()
    assert "xin giấy xác nhận" in text_of(at)
    assert gateway.languages == {"vi"}


def test_a_campaign_out_of_scope_is_said_calmly(open_page: Open) -> None:
    at = open_page("principal", "surveys", campaign=str(surveys.MET))
    assert "resource.not_found" in text_of(at)
    assert not at.exception
