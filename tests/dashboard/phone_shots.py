"""The pictures of docs/surveys.md that show a parent's phone, in front of a real gateway."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Browser, Page

OPEN, CARE, CODES = "/k/open000000000000", "/k/care000000000000", "/k/codes00000000000"
RECEIPT: Final = "/r/7K2M-QX9D-A4TW"
# Two pixels of a screen for one of the page, as phones have them.
SHARP: Final = 2

Act = Callable[[Page], None]


@dataclass(frozen=True)
class PhoneShot:
    """A picture of the screen of a small phone at `path`, after `act`; `guide` shows it."""

    name: str
    path: str
    act: Act = lambda page: page.locator("main").wait_for()
    guide: str = "surveys"


def _choose(page: Page) -> None:
    page.locator("#q-Q1 input").nth(3).check()
    page.locator("#q-Q2 input").nth(4).check()
    page.locator("#q-Q1").scroll_into_view_if_needed()


def _miss(page: Page) -> None:
    page.locator("#i-Q24").fill("50.5")
    page.evaluate("document.forms[0].noValidate = true")
    page.get_by_role("button", name="Gửi ý kiến").tap()
    page.get_by_role("alert").wait_for()
    page.locator("#q-Q24").scroll_into_view_if_needed()


def _send(page: Page) -> None:
    page.locator("#q-Q23 input").nth(4).check()
    page.get_by_role("button", name="Gửi ý kiến").tap()
    page.locator("[data-receipt]").wait_for()


PHONE_SHOTS: Final = (
    PhoneShot("phone-filter", OPEN),
    PhoneShot("phone-questions", CARE, _choose),
    PhoneShot("phone-mistake", CARE, _miss),
    PhoneShot("phone-thanks", CARE, _send),
    PhoneShot("phone-receipt", RECEIPT),
    PhoneShot("phone-code", CODES),
)


def take_phone(browser: Browser, url: str, shot: PhoneShot) -> bytes:
    """Take a picture of the parents' pages of a running gateway, as PNG; scripts are off."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": 360, "height": 640},
        device_scale_factor=SHARP,
        java_script_enabled=False,
        has_touch=True,
        locale="vi-VN",
    )
    page = context.new_page()
    page.goto(shot.path)
    shot.act(page)
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture
