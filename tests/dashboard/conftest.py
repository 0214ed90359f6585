from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.dashboard.fake_gateway import FakeGateway, serving
from tests.dashboard.sample import ROUTES

APP = Path(__file__).parents[2] / "dashboard" / "app.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _components() -> Iterator[None]:
    """Look for Streamlit's components once.

    It reads what every installed package says of itself, for each page that a test opens: nine
    tenths of what that takes.
    """
    looking = manifest_scanner.scan_component_manifests
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, looking.__name__, cache(looking))
        yield


@pytest.fixture(scope="session")
def _served() -> Iterator[FakeGateway]:
    """One for all: for another address the dashboard makes a client, which takes a page's time."""
    with serving(ROUTES) as fake:
        yield fake


@pytest.fixture
def gateway(_served: FakeGateway, monkeypatch: pytest.MonkeyPatch) -> FakeGateway:
    """A fake gateway that the dashboard of this test asks."""
    _served.begin(ROUTES)
    monkeypatch.setenv("KIPTHOI_GATEWAY_URL", _served.url)
    monkeypatch.delenv("KIPTHOI_GATEWAY_PUBLIC_URL", raising=False)
    return _served


@pytest.fixture
def open_page(gateway: FakeGateway, caplog: pytest.LogCaptureFixture) -> Iterator[Open]:
    """`open_page("principal", "surveys", "en", school="…")`: a page as that role sees it, run.

    No page may fail by a defect of its own.
    """
    assert gateway.url

    def open_one(role: str, view: str, language: str = "vi", **query: str) -> AppTest:
        at = AppTest.from_file(str(APP), default_timeout=30)
        if role:
            at.session_state["session_token"] = role
        at.session_state["language"] = language
        at.switch_page(f"views/{view}.py")
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        # Now the pages of the role are known: it raises where this is none of them.
        return at.switch_page(f"views/{view}.py")

    yield open_one
    assert "a page failed" not in caplog.text


def text_of(at: AppTest) -> str:
    """Everything that the page drew, as HTML and words."""
    drawn = [element.body for element in at.main.html]
    drawn = [html for html in drawn if not html.startswith("<style")]
    labels = [w.label for w in (*at.main.button, *at.main.selectbox, *at.main.text_area)]
    return "\n".join([*drawn, *labels, *(str(m.value) for m in at.main.markdown)])
