"""Every command that the handbook names can be given."""

import contextlib
import importlib.util
import io
import os
import re
import subprocess
from collections.abc import Iterator
from itertools import takewhile

import pytest

from deploy.local.folder import REPOSITORY
from messaging import cli
from tests.support.handbook import pages

IN_CONTAINER = re.compile(r"^docker compose exec \w+ ")


def named(start: str) -> list[str]:
    """The commands of all pages that begin so, in backticks or in blocks of shell."""
    found = {
        IN_CONTAINER.sub("", command)
        for page in pages()
        for command in (*page.spans, *page.commands)
        if IN_CONTAINER.sub("", command).startswith(f"{start} ")
    }
    assert found
    return sorted(found)


def spelled_out(command: str) -> Iterator[list[str]]:
    """The words of an operator's command up to its arguments; "add|list" are two commands."""
    words = takewhile(re.compile(r"[a-z|]+").fullmatch, command.split()[1:])
    spelled: list[list[str]] = [[]]
    for word in words:
        spelled = [[*before, choice] for before in spelled for choice in word.split("|")]
    yield from spelled


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("command", named("make"))
def test_make_knows_it(command: str) -> None:
    assert command.split()[1] in targets()


@pytest.mark.parametrize("command", named("kipthoi"))
def test_the_operators_command_takes_it(command: str) -> None:
    options = re.findall(r"--[a-z-]+", command)
    for words in spelled_out(command):
        said = io.StringIO()
        with contextlib.redirect_stdout(said), pytest.raises(SystemExit) as left:
            cli.main([*words, "--help"])
        assert left.value.code == 0
        for option in options:
            assert option in said.getvalue()


@pytest.mark.parametrize(
    "words", ["nothing", "events nothing", "topology nothing", "users nothing"]
)
def test_the_operators_command_refuses_what_it_does_not_know(words: str) -> None:
    with contextlib.redirect_stderr(io.StringIO()), pytest.raises(SystemExit) as left:
        cli.main([*words.split(), "--help"])
    assert left.value.code == 2


@pytest.mark.parametrize("command", named("python -m"))
def test_python_finds_it(command: str) -> None:
    assert importlib.util.find_spec(command.split()[2]) is not None


@pytest.mark.parametrize("command", named("pytest"))
def test_pytest_finds_it(command: str) -> None:
    assert (REPOSITORY / command.split()[1]).exists()


def test_our_own_programs_can_be_run() -> None:
    programs = {line.split()[0] for page in pages() for line in page.commands}
    ours = {REPOSITORY / one for one in programs if one.startswith("deploy/")}
    assert ours
    assert not [path for path in ours if not os.access(path, os.X_OK)]


def recipe(target: str) -> str:
    """What make would run."""
    return subprocess.run(  # noqa: S603 - our own Makefile
        ["make", "--dry-run", target],  # noqa: S607
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_make_test_proves_what_the_readme_says() -> None:
    """Style, types, import rules, and all tests: it can't be run inside itself."""
    lines = [line.rpartition("/")[2] for line in recipe("test").splitlines()]
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert any(line.startswith(tool) for line in lines), tool
    [tests] = [line for line in lines if line.startswith("pytest")]
    narrowing = ("-k", "-m", "--ignore", "--deselect", "tests")
    assert not [word for word in tests.split()[1:] if word.startswith(narrowing)]
