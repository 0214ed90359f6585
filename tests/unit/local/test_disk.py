"""What a person reads about a disk that is full."""

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from deploy.local import __main__ as command
from deploy.local import stack
from deploy.local.disk import NEEDED, SCARCE, became_full, explain, require_space
from deploy.local.errors import StackError


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("KIPTHOI_RUN_DIR", "/var/tmp/kipthoi-unused")
    monkeypatch.setattr(command, "stack_folder", lambda: tmp_path)
    monkeypatch.setattr(sys, "argv", ["deploy.local", "run"])
    return monkeypatch


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - free, free))


def test_a_disk_with_too_little_room_is_refused(free: pytest.MonkeyPatch, tmp_path: Path) -> None:
    leave(free, NEEDED)
    require_space(tmp_path)
    leave(free, NEEDED - 1)
    with pytest.raises(StackError, match="is full: 400 MB are free, about 400 MB are needed"):
        require_space(tmp_path)


def test_a_real_error_of_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space") as caught:
        Path("/dev/full").write_text("one letter")
    assert caught.value.errno == errno.ENOSPC
    assert explain(caught.value, tmp_path).startswith(f"The disk that holds {tmp_path} became full")
    quota = OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
    assert "became full" in explain(quota, tmp_path)
    assert "became full" not in explain(PermissionError(errno.EACCES, "denied"), tmp_path)


def test_a_folder_that_is_not_there_is_not_full(tmp_path: Path) -> None:
    assert not became_full(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("outcome", "room", "told"),
    [
        (1, SCARCE - 1, True),
        (1, SCARCE, False),
        (0, SCARCE - 1, False),  # it went well all the same
        (StackError("surveys does not get ready"), SCARCE - 1, True),
        (StackError("surveys does not get ready"), SCARCE, False),
        (StackError("could not write: No space left on device"), SCARCE, True),
        (OSError(errno.ENOSPC, "No space left on device"), SCARCE, True),
        (OSError(errno.EACCES, "Permission denied"), SCARCE, False),
    ],
)
def test_a_run_that_failed_on_a_full_disk_says_so(
    outcome: int | Exception,
    room: int,
    told: bool,
    free: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(*_: object, **__: object) -> int:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    free.setattr(stack, "run", run)
    leave(free, room)
    assert command.main() == (outcome if isinstance(outcome, int) else 1)
    error = capsys.readouterr().err
    assert error.count("became full. Make room there") == told
    if isinstance(outcome, StackError):
        assert f"✗ {outcome}" in error
