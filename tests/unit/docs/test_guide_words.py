"""What a guide for users prints in bold stands on the screen, word for word."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from deploy.local.folder import REPOSITORY
from tests.support.handbook import Page

GUIDES = ["docs/surveys.md", "docs/reports.md"]
CATALOGS = (
    "dashboard/locale/vi/LC_MESSAGES/dashboard.po",
    "services/gateway/src/gateway/locale/vi/LC_MESSAGES/gateway.po",
)


@cache
def on_screen() -> frozenset[str]:
    """Every sentence of the product in Vietnamese, "…" for what is filled in."""
    sentences: set[str] = set()
    for name in CATALOGS:
        with (REPOSITORY / name).open("rb") as file:
            for message in read_po(file, locale="vi"):
                told = message.string
                forms = (told,) if isinstance(told, str) else tuple(told or ())
                sentences |= {re.sub(r"\{\w+\}", "…", one) for one in forms if message.id}
    return frozenset(sentences)


@pytest.mark.parametrize("guide", GUIDES)
def test_what_is_bold_stands_on_the_screen(guide: str) -> None:
    bold = re.findall(r"\*\*(.+?)\*\*", Page(REPOSITORY / guide).text)
    assert len(bold) > 50
    assert sorted(set(bold) - on_screen() - {"in đậm"}) == []
