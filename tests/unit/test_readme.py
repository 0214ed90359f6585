"""The README says the same in both languages."""

from deploy.local.folder import REPOSITORY
from tests.support.handbook import Page

ENGLISH = Page(REPOSITORY / "README.md")
VIETNAMESE = Page(REPOSITORY / "README.vi.md")


def test_the_headings_stand_in_the_same_order() -> None:
    levels = [[level for level, _ in page.headings] for page in (ENGLISH, VIETNAMESE)]
    assert levels[0] == levels[1]
    assert len(levels[0]) > 3


def test_the_commands_are_the_same() -> None:
    assert ENGLISH.commands == VIETNAMESE.commands
    assert ENGLISH.commands[:2] == ["make run", "make test"]


def test_the_names_in_backticks_are_the_same() -> None:
    assert ENGLISH.spans == VIETNAMESE.spans


def test_the_links_are_the_same_and_lead_to_each_other() -> None:
    assert ENGLISH.links[0] == "README.vi.md"
    assert VIETNAMESE.links[0] == "README.md"
    assert ENGLISH.links[1:] == VIETNAMESE.links[1:]


def test_every_page_of_the_docs_is_found_from_it() -> None:
    pages = {f"docs/{path.name}" for path in (REPOSITORY / "docs").glob("*.md")}
    assert pages - set(ENGLISH.links) == set()
