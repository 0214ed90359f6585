"""The dashboard as a browser shows it: every page draws, nothing is asked of another host."""

import re
from base64 import b64encode
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import FilePayload, Page, sync_playwright

from contracts.rpc.base import Empty
from contracts.rpc.batches import Batch
from tests.dashboard.browser import (
    CHROMIUM,
    DESK,
    PHONE,
    QUIET,
    Site,
    drawn,
    healthy,
    still,
    streamlit,
)
from tests.dashboard.fake_gateway import Asked, serving
from tests.dashboard.sample import ROUTES, inspections, paper, surveys, traces
from tests.dashboard.sample.surveys import NOT_MET
from tests.dashboard.test_slip_line import CHILDREN, line_of
from tests.support.eventually import eventually
from tests.support.process import free_port


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with (
        serving(ROUTES) as gateway,
        streamlit(gateway.url, free_port()) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield Site(url, gateway, browser, [])
        browser.close()


PAGES = [
    ("district_officer", "", "Tổng quan"),
    ("district_officer", "surveys", "Khảo sát"),
    ("district_officer", f"surveys?campaign={NOT_MET}", "Chưa đạt chỉ tiêu"),
    ("district_officer", "survey_setup?part=rules", "Phiếu và lịch"),
    ("principal", "", "việc tuần này"),
    ("principal", "inspections", "Kiểm tra"),
    ("principal", "reports", "Báo cáo"),
    ("district_officer", f"history?matter={traces.MATTER}", "Khắc phục xong"),
    ("operator", "account", "Tài khoản"),
]


@pytest.mark.parametrize(("role", "address", "words"), PAGES)
def test_every_page_draws(site: Site, role: str, address: str, words: str) -> None:
    page = site.open(address, role, DESK)
    page.locator("[data-testid=stMain]").get_by_text(words).first.wait_for()
    assert page.locator("[data-testid=stException]").count() == 0
    assert _width_of_content(page) <= DESK["width"]
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    still(page)
    assert _width_of_content(page) <= PHONE["width"]
    assert site.strangers == []


def _width_of_content(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_the_cookie_of_the_gateway_is_the_session(site: Site) -> None:
    page = site.open("surveys", "principal")
    page.get_by_text("Cầu Vồng Giấy").first.wait_for()
    nobody = site.open("surveys", "")
    nobody.get_by_role("link", name=re.compile("đăng nhập")).wait_for()


@pytest.mark.parametrize("address", ["khong-co", "trang-chủ", "results"])
def test_an_address_of_no_page_is_told_in_our_words(site: Site, address: str) -> None:
    page = site.open(address, "principal")
    page.get_by_role("heading", name="Không có trang này").wait_for()
    assert page.get_by_role("dialog").count() == 0
    page.locator("[data-testid=stMain]").get_by_role("link", name="Trường tôi").click()
    page.get_by_text("việc tuần này").first.wait_for()


def test_english_stays_when_a_link_is_followed(site: Site) -> None:
    page = site.open("surveys?lang=en", "district_officer")
    page.get_by_role("link", name="Đám Mây Tím").first.click()
    page.get_by_text("Below target").first.wait_for()


def test_a_principal_orders_an_inspection(site: Site) -> None:
    page = site.open(f"inspections?inspection={inspections.PROPOSED}", "principal")
    page.get_by_label("Số quyết định").fill("07/QĐ-CVG")
    page.get_by_role("button", name="Ra quyết định kiểm tra").click()
    page.get_by_text("Đã ra quyết định kiểm tra.").wait_for()
    path = f"POST /api/v1/inspections/{inspections.PROPOSED}/order"
    assert site.gateway.sent == [(path, {"decision_number": "07/QĐ-CVG"})]


def test_a_double_click_is_one_command(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, go_on = Event(), Event()

    def slowly(_: Asked) -> Empty:
        under_way.set()
        assert go_on.wait(30)
        return Empty()

    monkeypatch.setitem(site.gateway.routes, "POST /inspections", slowly)
    before, first = len(site.gateway.sent), len(site.gateway.keys)
    page = site.open("inspections", "principal")
    clicks: list[object] = []

    def clicked(frame: object) -> None:
        clicks.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", clicked))
    page.reload()
    drawn(page)
    page.get_by_text("Đề nghị một cuộc kiểm tra").click()
    button = page.get_by_role("button", name="Lập đề nghị")
    button.wait_for()
    still(page)
    button.click()
    assert under_way.wait(30)
    so_far = len(clicks)
    button.click()
    page.wait_for_function("true")  # lets the events of the browser in
    assert len(clicks) > so_far
    assert healthy(site.url), "the server has seen what came before"
    go_on.set()
    page.get_by_text("Đã lập đề nghị kiểm tra").wait_for()
    eventually(lambda: len(site.gateway.keys) == first + 2, message="both clicks were sent")
    assert len(set(site.gateway.keys[first:])) == 1
    assert len(site.gateway.sent) == before + 1


def test_the_language_switch_works_by_hand(site: Site) -> None:
    page = site.open("reports", "district_officer")
    page.get_by_text("English", exact=True).click()
    page.get_by_role("heading", name="Reports", exact=True).wait_for()
    page.get_by_role("link", name="Surveys").click()
    page.get_by_role("heading", name="Surveys", exact=True).wait_for()


def test_slips_are_typed_with_the_keyboard_alone(site: Site) -> None:
    before = len(site.gateway.sent)
    page = site.open(f"surveys?campaign={surveys.OPEN}", "district_officer")
    line = page.get_by_role("textbox", name="Một dòng là một phiếu, xong thì Enter")
    line.focus()
    for count, told in ((1, "Đã lưu 1 phiếu"), (2, "Đã lưu 2 phiếu")):
        page.keyboard.type(line_of(CHILDREN))
        page.keyboard.press("Enter")
        page.get_by_text(f"{told} trong đợt nhập này.").wait_for()
        assert len(site.gateway.sent) == before + count
    assert line.evaluate("one => one === document.activeElement"), "the next slip may be typed"
    assert line.input_value() == ""


def test_a_sheet_is_imported_with_a_bar_that_grows(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Event()

    def look(_: Asked) -> Batch:
        state = {"state": "stored", "answers": 5000} if seen.is_set() else {"answers": 2500}
        return paper.FILE.model_copy(update=state)

    monkeypatch.setitem(site.gateway.routes, "GET /batches/{batch_id}", look)
    before = len(site.gateway.sent)
    page = site.open(f"surveys?campaign={surveys.OPEN}", "district_officer")
    page.get_by_role("tab", name="Nhập từ Excel, CSV").click()
    picker = page.locator("[data-testid=stFileUploaderDropzone]")
    written = "(words) => getComputedStyle(words, '::after').content"
    assert picker.locator("button p").evaluate(written) == '"Chọn tệp"'
    # Streamlit's own words, in English: hidden, but there as long as they are hidden rightly.
    own = picker.locator("[data-testid=stFileUploaderDropzoneInstructions]")
    own.wait_for(state="hidden")
    assert own.count() == 1
    sheet = FilePayload(name="phieu.csv", mimeType="text/csv", buffer=b"Q23\n5\n")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_text("phieu.csv", exact=True).wait_for()
    page.get_by_role("button", name="Nhập phiếu").click()
    page.get_by_text("Đã lưu 2500 trên 5000 phiếu").wait_for()
    seen.set()
    page.get_by_text("Đã nhập 5000 phiếu.").wait_for()
    [(route, body)] = site.gateway.sent[before:]
    assert route.endswith(f"/{surveys.OPEN}/imports")
    content = b64encode(b"Q23\n5\n").decode()
    assert body == {"file_name": "phieu.csv", "content": content, "again": False}
