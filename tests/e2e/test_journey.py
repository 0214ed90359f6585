"""The whole way in a real browser: a parent's report becomes an inspection that the head sees."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deploy.local.play.api import Api, login
from tests.dashboard.browser import CHROMIUM, QUIET
from tests.support.campaign import HEAD
from tests.support.eventually import eventually
from tests.support.site import Site
from tests.support.system import PASSWORD

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@contextmanager
def page_of(browser: Browser, url: str, *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(base_url=url, java_script_enabled=scripts, locale="vi-VN")
    yield context.new_page()
    context.close()


def test_a_report_becomes_an_inspection_that_the_head_sees(site: Site, browser: Browser) -> None:
    with page_of(browser, site.system.url, scripts=False) as phone:
        phone.goto(f"/k/{site.slug}")
        phone.get_by_role("radio", name="Không").check()
        phone.get_by_role("button", name="Tiếp tục").click()
        phone.locator("label[for=d-yes]").click()
        phone.locator("#d-what").fill("Tình huống thí dụ của phép thử.")
        phone.get_by_role("button", name="Gửi ý kiến").click()
        expect(phone.locator("[data-receipt]")).to_be_visible()
    with Api(site.system.url, login(site.system.url, HEAD, PASSWORD)) as head:
        [inspection] = eventually(lambda: head.items("/inspections"), timeout=30)
    assert (inspection["state"], inspection["rule"]) == ("proposed", "improper-demand")
    with page_of(browser, site.system.url, scripts=True) as desk:
        desk.goto("/login")
        desk.locator("input[name=username]").fill(HEAD)
        desk.locator("input[name=password]").fill(PASSWORD)
        desk.get_by_role("button", name="Đăng nhập").click()
        desk.wait_for_url(f"{site.dashboard}/**")
        desk.goto(f"{site.dashboard}/inspections")
        waiting = desk.get_by_role("link", name="Kiểm tra theo phản ánh")
        expect(waiting).to_be_visible(timeout=30_000)
        assert inspection["inspection_id"] in (waiting.get_attribute("href") or "")
        desk.goto(f"{site.dashboard}/history?matter={inspection['correlation_id']}")
        expect(desk.get_by_text(re.compile("đề nghị kiểm tra", re.IGNORECASE)).first).to_be_visible(
            timeout=30_000
        )
    eventually(lambda: not site.system.unsettled(), message="nothing parked, outbox empty")


def test_the_text_of_a_report_is_in_no_event_and_no_log(site: Site) -> None:
    for service in site.system.databases:
        found = site.system.rows(service, "SELECT data::text FROM events")
        assert not [row for row in found if "phép thử" in row[0]]
    for log in Path(site.system.folder).glob("*.log"):
        assert "phép thử" not in log.read_text()
