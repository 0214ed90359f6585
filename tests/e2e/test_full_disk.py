"""A disk that is full before anything starts, and one that becomes full meanwhile.

Under a system that runs: see test_main_job.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import __main__ as command
from deploy.local import stack
from tests.support.clones import Clone, cloned
from tests.support.disk import NoDiskError, disk

pytestmark = pytest.mark.xdist_group("stack")  # these share processors and ports with each other

SERVERS = ("run", "--servers-only")


@pytest.fixture
def small() -> Iterator[Path]:
    try:
        with disk("30m") as folder:
            yield folder
    except NoDiskError as why:
        pytest.skip(f"mounting a file system needs root: {why}")


def test_a_full_disk_is_told_before_anything_starts(small: Path) -> None:
    with cloned() as clone:
        output = Clone(clone.path, KIPTHOI_RUN_DIR=str(small)).run(*SERVERS, status=1)
    assert "is full" in output
    assert "Make room" in output


def test_a_disk_that_becomes_full_meanwhile_is_told_in_a_sentence(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stack, "require_space", lambda _: None)
    monkeypatch.setattr(stack, "_link", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["deploy.local", *SERVERS])
    monkeypatch.setenv("AMQP_URL", "amqp://elsewhere")
    monkeypatch.setenv("KIPTHOI_RUN_DIR", str(small))
    assert command.main() == 1
    assert f"The disk that holds {small} became full." in capsys.readouterr().err
