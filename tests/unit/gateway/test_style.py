"""The pages' colours keep the contrast of WCAG 2.1 AA."""

import base64
import hashlib
import re

import pytest
from starlette.requests import Request

from gateway.rendering import CSS, page

COLOURS = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", CSS))
TEXT, SHAPES = 4.5, 3.0


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "ground", TEXT),
        ("ink", "paper", TEXT),
        ("ink", "tint", TEXT),
        ("soft", "ground", TEXT),
        ("soft", "paper", TEXT),
        ("main", "ground", TEXT),
        ("main", "paper", TEXT),
        ("paper", "main", TEXT),
        ("paper", "deep", TEXT),
        ("bad", "paper", TEXT),
        ("bad", "badtint", TEXT),
    ],
)
def test_text_is_readable(front: str, back: str, least: float) -> None:
    assert contrast(COLOURS[front], COLOURS[back]) >= least


@pytest.mark.parametrize("edge", ["#6b7f87", "#b35c00"])
def test_edges_of_fields_and_the_focus_are_seen(edge: str) -> None:
    assert edge in CSS
    for back in ("paper", "ground"):
        assert contrast(edge, COLOURS[back]) >= SHAPES


def test_the_policy_allows_the_page_s_own_style_and_nothing_else() -> None:
    scope = {"type": "http", "method": "GET", "query_string": b"", "headers": []}
    response = page(Request(scope), "home.html")
    style = re.search(r"<style>(.*?)</style>", bytes(response.body).decode(), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in response.headers["content-security-policy"]
