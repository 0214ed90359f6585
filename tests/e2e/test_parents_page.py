"""A parent's phone: Chromium at 360×640, without scripts, in front of a real gateway."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deploy.local.rabbitmq import RabbitMQ
from tests.component.gateway.processes import stub
from tests.dashboard.browser import CHROMIUM, QUIET
from tests.support.process import running

SMALLEST_TARGET = 44
SERVICES = ("directory", "surveys", "inspections", "reports")
OPEN, CARE = "open000000000000", "care000000000000"


@pytest.fixture(scope="module")
def gateway(broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    amqp_url = broker.create_vhost()
    log = tmp_path_factory.mktemp("gateway") / "log"
    with stub(amqp_url, *SERVICES), running("gateway", {"AMQP_URL": amqp_url}, log) as process:
        yield process.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def phone(gateway: str, browser: Browser) -> Iterator[Page]:
    with browser.new_context(
        base_url=gateway,
        viewport={"width": 360, "height": 640},
        java_script_enabled=False,
        has_touch=True,
        locale="vi-VN",
    ) as context:
        yield context.new_page()
        assert context.cookies() == []


def to_questions(phone: Page, answer: str = "Có") -> None:
    phone.goto(f"/k/{OPEN}")
    phone.get_by_role("radio", name=answer).check()
    phone.get_by_role("button", name="Tiếp tục").tap()


def receipt_of(phone: Page) -> str:
    expect(phone.get_by_role("heading", name="Đã nhận ý kiến")).to_be_visible()
    return phone.locator("[data-receipt]").inner_text()


def test_a_parent_answers_with_one_thumb(phone: Page) -> None:
    to_questions(phone)
    question = phone.get_by_role("group", name="Hài lòng chung về việc giải quyết thủ tục")
    question.get_by_role("radio", name=re.compile("Rất hài lòng")).check()
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    assert len(receipt_of(phone)) >= 6


def test_a_double_tap_and_a_resend_count_once(phone: Page) -> None:
    to_questions(phone)
    phone.locator("#q-F input").nth(3).check()
    phone.get_by_role("button", name="Gửi ý kiến").dblclick()
    first = receipt_of(phone)
    phone.reload()
    assert receipt_of(phone) == first
    phone.go_back()
    expect(phone.locator("#q-F input").nth(3)).to_be_checked()
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    assert receipt_of(phone) == first


def test_an_improper_demand_unfolds_without_a_script(phone: Page) -> None:
    to_questions(phone, "Không")
    what = phone.get_by_label("Cụ thể là gì?")
    expect(what).to_be_hidden()
    phone.locator("label[for=d-yes]").tap()
    expect(what).to_be_visible()
    expect(phone.get_by_text("chỉ Ban Giám hiệu và cấp trên của trường đọc được")).to_be_visible()
    phone.get_by_role("radio", name="Khoản thu").check()
    what.fill("Thu quỹ lớp không biên lai")
    phone.get_by_label("Khoảng khi nào?").fill("tháng 2")
    phone.get_by_label("liên quan đến người đứng đầu").check()
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    receipt_of(phone)


def test_a_mistake_is_shown_beside_its_question_with_everything_kept(phone: Page) -> None:
    phone.goto(f"/k/{CARE}")
    phone.locator("#q-Q23 input").nth(4).check()
    phone.locator("#i-Q25").fill("Cô giáo <rất> tận tâm")
    phone.locator("#i-Q24").fill("50.5")  # the browser's own check would refuse this
    phone.evaluate("document.forms[0].noValidate = true")
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.locator("#q-Q24 .error")).to_have_text("Câu trả lời này chưa hợp lệ.")
    expect(phone.locator("#q-Q23 input").nth(4)).to_be_checked()
    expect(phone.locator("#i-Q25")).to_have_value("Cô giáo <rất> tận tâm")
    phone.locator("#i-Q24").fill("90")
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    receipt_of(phone)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/k/{OPEN}",
        f"/k/{OPEN}/questions?P=yes",
        f"/k/{CARE}",
        "/k/codes00000000000",
        "/r",
        "/r/7K2M-QX9D-A4TW",
        "/login",
        "/docs",
    ],
)
def test_every_page_fits_a_small_phone(phone: Page, path: str) -> None:
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate("getComputedStyle(document.body).margin") == "0px", "the style applies"
    for target in phone.locator("label.o, button, .button, .pair + label").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= SMALLEST_TARGET


def test_the_keyboard_reaches_what_a_thumb_reaches(phone: Page) -> None:
    phone.goto(f"/k/{OPEN}")
    for _ in range(3):
        phone.keyboard.press("Tab")
    chosen = phone.locator("input[name=P][value=yes]")
    expect(chosen).to_be_focused()
    frame = phone.locator("input[name=P][value=yes] + span")
    assert frame.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    phone.keyboard.press("Space")
    expect(chosen).to_be_checked()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Gửi ý kiến")).to_be_visible()


def test_an_answer_that_may_be_lost_is_sent_again_by_one_button(phone: Page) -> None:
    phone.goto("/k/broken0000000000/questions?P=no")
    phone.locator("label[for=d-no]").tap()
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    expect(phone.get_by_role("heading", name="Chưa chắc đã nhận, xin bấm gửi lại")).to_be_visible()
    expect(phone.get_by_role("button", name="Gửi lại")).to_be_visible()
