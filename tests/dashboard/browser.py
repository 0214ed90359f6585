"""The dashboard in a real browser, in front of the gateway of the sample."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page, Request

from deploy.setup.broker import asking
from tests.dashboard.fake_gateway import FakeGateway
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[2]
# Chromium without windows: the same engine for two thirds of the time.
CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Site:
    """The running dashboard; `strangers` are the requests that left this machine."""

    url: str
    gateway: FakeGateway
    browser: Browser
    strangers: list[str]

    @cached_property
    def _page(self) -> Page:
        """One for all: another would load and translate Streamlit's scripts anew."""
        page = self.browser.new_page()
        page.on("request", self._watch)
        return page

    def open(self, address: str, role: str, size: dict[str, int] = DESK) -> Page:
        """The page as one role sees it, drawn to its end; what was opened before is left.

        Nothing stays of what that kept: no cookie, no choice of its visitor.
        """
        page = self._page
        page.goto("about:blank")
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        kept = {"origin": self.url, "storageTypes": "all"}
        browsing = page.context
        session = browsing.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", kept)
        session.detach()
        browsing.clear_cookies()
        browsing.add_cookies(
            [{"name": "kipthoi_session", "value": role, "url": self.url}] if role else []
        )
        page.goto(f"{self.url}/{address}")
        drawn(page)
        return page

    def _watch(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.strangers.append(request.url)


def drawn(page: Page) -> None:
    """Wait until a page is drawn to its end: what is clicked before may be drawn anew."""
    page.locator(".kt-head").first.wait_for()
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    page.locator(
        "[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
    ).first.wait_for(state="attached")


def still(page: Page) -> None:
    """Wait until nothing moves: a click on what still opens lands beside it."""
    page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState !== 'running')"
    )


@contextmanager
def streamlit(
    gateway_url: str, port: int, log: Path = Path(os.devnull), public: str = ""
) -> Iterator[str]:
    """The dashboard as a process in front of a gateway; gives its address, writes to `log`.

    Its links lead to `public` where that is given.
    """
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {"KIPTHOI_GATEWAY_URL": gateway_url, "PYTHONPATH": str(ROOT)}
    environment["KIPTHOI_GATEWAY_PUBLIC_URL"] = public
    command = [sys.executable, "-m", "dashboard"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)  # noqa: S603 - our own interpreter
    try:
        eventually(lambda: healthy(url), timeout=60)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def healthy(url: str) -> bool:
    """Whether the dashboard at this address takes requests."""
    try:
        return asking().get(f"{url}/_stcore/health", timeout=5).is_success
    except httpx.HTTPError:
        return False
