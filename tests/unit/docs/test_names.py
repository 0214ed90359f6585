"""What the handbook names in backticks is there: files, folders, variables, metrics."""

import re
from collections.abc import Iterator

import pytest

from deploy.local.folder import REPOSITORY
from tests.support.handbook import Page, files, is_there, pages, present_pages

FILE = re.compile(r"[\w<>{},*./-]+\.(?:py|ya?ml|po|csv|md|toml|css)")
FOLDER = re.compile(
    r"(?:tests|services|dashboard|deploy|docs|requirements|gateway|surveys|inspections|reports"
    r"|directory|contracts|messaging|chassis|loglines|workdays)(?:/[\w<>]+)+/?"
)
VARIABLE = re.compile(r"\b(?:KIPTHOI_(?:[A-Z_]*[A-Z]|\{[^{}]+\}_[A-Z_]*[A-Z])|AMQP_URL)\b")
OF_A_SERVICE = re.compile(r"KIPTHOI_(?:<SERVICE>|DIRECTORY|SURVEYS|INSPECTIONS|REPORTS|\{.+\})_")
METRIC = re.compile(r"(?<![\w:])kipthoi_\w+")
# The cookie of a session and the beginning of an API key.
NO_METRICS = {"kipthoi_session", "kipthoi_key_"}


def expanded(name: str) -> Iterator[str]:
    """Write out `locale/{vi,en}/x`."""
    braces = re.search(r"\{([^}]*)\}", name)
    if braces is None:
        yield name
        return
    for choice in braces[1].split(","):
        yield from expanded(name.replace(braces[0], choice, 1))


@pytest.mark.parametrize("page", present_pages(), ids=lambda page: page.name)
def test_files_and_folders_are_there(page: Page) -> None:
    known = frozenset(files())
    for span in page.spans:
        if FILE.fullmatch(span) or FOLDER.fullmatch(span):
            for name in expanded(span):
                assert is_there(name, known), span


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_the_house_is_as_it_is_drawn(page: str) -> None:
    [house] = [b for b in Page(REPOSITORY / page).blocks() if b.startswith("services/contracts")]
    known = frozenset(files())
    begun = [line for line in house.splitlines() if not line.startswith(" ")]
    for line in begun:
        assert is_there(line.split("  ")[0], known), line


def service_variable(name: str) -> str:
    return OF_A_SERVICE.sub("KIPTHOI_<SERVICE>_", name)


def read_in_code() -> set[str]:
    roots = ("services", "dashboard", "deploy")
    code = [p for root in roots for p in (REPOSITORY / root).rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in code]
    return {service_variable(name) for text in texts for name in VARIABLE.findall(text)}


def in_docs(page: Page) -> set[str]:
    spans = " ".join(page.spans).replace("_…", "_DATABASE_URL").replace("<SERVICE>", "REPORTS")
    return {service_variable(name) for name in VARIABLE.findall(spans)}


def test_every_variable_that_code_reads_is_described() -> None:
    assert len(read_in_code()) > 10
    assert read_in_code() - in_docs(Page(REPOSITORY / "docs" / "configuration.md")) == set()


def test_every_variable_that_is_described_is_read() -> None:
    named = {name for page in present_pages() for name in in_docs(page)}
    assert named - read_in_code() == set()


def declared() -> set[str]:
    modules = (REPOSITORY / "services").glob("*/src/*/metrics.py")
    texts = [path.read_text(encoding="utf-8") for path in modules]
    return {name for text in texts for name in re.findall(r'"(kipthoi_\w+)"', text)}


def metrics_in(some: list[Page]) -> set[str]:
    return {name for page in some for span in page.spans for name in METRIC.findall(span)}


def test_every_metric_is_described() -> None:
    assert len(declared()) > 40
    assert declared() - metrics_in(present_pages()) == set()


def test_every_metric_that_is_named_is_there() -> None:
    assert metrics_in(pages()) - declared() - NO_METRICS == set()


def test_every_metric_of_a_rule_is_there() -> None:
    rules = (REPOSITORY / "deploy" / "prometheus" / "rules").glob("*.yml")
    used = {name for path in rules for name in METRIC.findall(path.read_text(encoding="utf-8"))}
    assert {re.sub("_(bucket|sum|count)$", "", name) for name in used} - declared() == set()


def test_every_runbook_is_of_an_alert_and_named_so() -> None:
    rules = (REPOSITORY / "deploy" / "prometheus" / "rules").glob("*.yml")
    alerts = {name for p in rules for name in re.findall(r"- alert: (\w+)", p.read_text())}
    runbooks = {path.stem for path in (REPOSITORY / "docs" / "runbooks").glob("*.md")}
    assert runbooks == alerts
