"""Results in depth: part by part, worth a look, in parents' words, over all schools."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import surveys

Open = Callable[..., AppTest]
OWN = str(surveys.CAMPAIGNS[2].campaign_id)


def test_a_campaign_is_shown_by_source_and_class(open_page: Open) -> None:
    page = text_of(open_page("principal", "surveys", campaign=OWN))
    for words in ("Theo nguồn", "Phiếu giấy nhập lại", "Lá 1", "Không ghi lớp"):
        assert words in page, words
    assert "Gộp 3 phần dưới 10 phiếu" in page
    assert "-2,3" in page, "the change since the period before"
    assert "chưa đủ cơ sở nói là tăng hay giảm" in page
    assert "91,4\u00a0%" in page


def test_a_group_opens_into_its_items(open_page: Open) -> None:
    at = open_page("principal", "surveys", campaign=OWN)
    assert "không tách</small>" not in text_of(at)
    at.selectbox(key="results_group").select("staff").run()
    page = text_of(at)
    assert page.count("Lịch sự, lắng nghe") == 3, "the campaign's own table and both parts'"
    assert page.count("không tách</small>") == 5, "C3 in each part"


def test_signals_are_explained_and_no_verdict(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "surveys", campaign=str(surveys.MET)))
    assert "90 trên 163 phiếu (55,2\u00a0%)" in page
    assert "không phải kết luận về ai" in page
    assert "12,5 điểm phần trăm" in page
    assert "Dồn phiếu vào một ngày" in page


def test_too_few_parts_are_said(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "surveys", campaign=str(surveys.TOO_FEW)))
    assert "không tách, vì có phần dưới 5 phiếu" in page


def test_the_head_reads_and_searches_what_parents_wrote(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page("principal", "surveys", campaign=OWN)
    page = text_of(at)
    assert "Nhân viên hòa nhã &lt;b&gt;thật&lt;/b&gt;" in page
    assert "04/03/2024" in page
    at.text_input(key="comments_search").input("ghế").run()
    assert "Nhân viên hòa nhã" not in text_of(at)
    at.number_input(key="comments_page").set_value(2).run()
    assert not at.exception
    gateway.refusals["GET /campaigns/{campaign_id}/comments"] = "service.unavailable"
    assert "Theo nguồn" in text_of(at.run())


@pytest.mark.parametrize("role", ["district_officer", "teacher"])
def test_others_find_no_words_of_parents(open_page: Open, role: str) -> None:
    at = open_page(role, "surveys", campaign=OWN)
    assert "Nhân viên hòa nhã" not in text_of(at)
    assert not at.text_input


def test_files_are_offered_to_who_may_have_them(open_page: Open) -> None:
    head = text_of(open_page("principal", "surveys", "en", campaign=OWN))
    assert f"/api/v1/campaigns/{OWN}/results/file?format=xlsx&amp;lang=en" in head
    assert f"/api/v1/campaigns/{OWN}/rows/file?format=csv&amp;lang=en" in head
    assert f"/api/v1/campaigns/{OWN}/comments/file?format=xlsx&amp;lang=en" in head
    officer = text_of(open_page("district_officer", "surveys", campaign=OWN))
    assert "/rows/file" in officer
    assert "/comments/file" not in officer, "words are read at their school alone"
    teacher = text_of(open_page("teacher", "surveys", campaign=OWN))
    assert "/results/file" in teacher
    assert "/rows/file" not in teacher


def test_the_district_compares_schools(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "results"))
    assert "94,0\u00a0%" in page
    assert "gộp từ 3 đợt" in page
    for words in ("Đám Mây Tím", "Dưới 5 phiếu", "dưới mẫu tối thiểu 30"):
        assert words in page, words
    assert page.index("Từng trường") < page.index("Từng nhóm, từng câu") < page.index("Diễn biến")
    assert "/api/v1/results/file?form=tthc&amp;period=2024-q1" in page


def test_another_form_is_asked_for(open_page: Open) -> None:
    at = open_page("district_officer", "results", "en")
    at.segmented_control(key="league_form").select("care").run()
    assert "No survey has closed yet" in text_of(at)
    assert not at.exception
