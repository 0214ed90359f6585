"""The pages that people read, taken apart: headings, links, commands, names in backticks."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from deploy.local.folder import REPOSITORY

NAMED: Final = ("README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md")
# Decisions tell what was thought of, also what was rejected and is not here.
DECISIONS: Final = REPOSITORY / "docs" / "decisions"
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"`([^`\n]+)`")
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^(#+) (.+)$", re.MULTILINE)


class Page:
    """One page of Markdown."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self._prose = _FENCE.sub("", self.text)

    @property
    def name(self) -> str:
        """Its path inside the repository."""
        return self.path.relative_to(REPOSITORY).as_posix()

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and words of each heading."""
        return [(len(marks), words) for marks, words in _HEADING.findall(self._prose)]

    @property
    def anchors(self) -> set[str]:
        """What a link may name behind `#`, as GitHub makes it of a heading."""
        kept = (re.sub(r"[^\w\s-]", "", words.lower()) for _, words in self.headings)
        return {words.replace(" ", "-") for words in kept}

    @property
    def links(self) -> list[str]:
        """Where its links and images lead within the repository."""
        return [one for one in _LINK.findall(self._prose) if "://" not in one]

    @property
    def spans(self) -> list[str]:
        """What stands in backticks."""
        return [one.replace("\\|", "|") for one in _SPAN.findall(self._prose)]

    def blocks(self, language: str = "") -> list[str]:
        """The fenced blocks of a language; "" has none."""
        return [body for named, body in _FENCE.findall(self.text) if named == language]

    @property
    def commands(self) -> list[str]:
        """The lines of its blocks of shell, without their comments."""
        lines = (line for body in self.blocks("sh") for line in body.splitlines())
        return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def pages() -> list[Page]:
    """Every page of the handbook."""
    docs = sorted((REPOSITORY / "docs").rglob("*.md"))
    return [Page(path) for path in (*(REPOSITORY / name for name in NAMED), *docs)]


def present_pages() -> list[Page]:
    """The pages that say how things are today."""
    past = (DECISIONS, REPOSITORY / "CHANGELOG.md")
    return [page for page in pages() if not set(past) & {page.path, page.path.parent}]


def files() -> Iterator[str]:
    """The files of the repository, without what tools leave behind."""
    for root in ("services", "dashboard", "deploy", "docs", "tests", "requirements"):
        for path in (REPOSITORY / root).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(REPOSITORY).as_posix()
    yield from (path.name for path in REPOSITORY.iterdir() if path.is_file())


def is_there(name: str, known: frozenset[str]) -> bool:
    """Whether a file or folder that a page names exists, wherever its path begins."""
    ending = re.sub(r"<\w+>|NNNN-title", "*", name).rstrip("/")
    return any(
        fnmatch(path, pattern)
        for path in known
        for pattern in (ending, f"*/{ending}", f"{ending}/*", f"*/{ending}/*")
    )
