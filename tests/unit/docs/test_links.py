"""Every link of the handbook leads to a file, and to a heading of it."""

import pytest

from tests.support.handbook import Page, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Page) -> None:
    for link in page.links:
        target, _, anchor = link.partition("#")
        path = (page.path.parent / target).resolve() if target else page.path
        assert path.exists(), link
        if anchor:
            assert anchor in Page(path).anchors, link


def test_links_are_looked_at() -> None:
    assert sum(len(page.links) for page in pages()) > 40
