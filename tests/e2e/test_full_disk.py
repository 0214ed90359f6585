"""A disk that is full before anything starts, meanwhile, and under a system that runs."""

import os
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local import __main__ as command
from deploy.local import processes, stack
from tests.support.clones import Clone, cloned, output_of, read_until

pytestmark = pytest.mark.xdist_group("stack")  # these share processors and ports with each other

PAGE = 4096
SERVERS = ("run", "--servers-only")
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


@contextmanager
def disk(size: str) -> Iterator[Path]:
    """A small disk of its own, in memory; processes that live on it are ended with it."""
    folder = Path("/var/tmp") / f"kipthoi-full-{secrets.token_hex(4)}"
    folder.mkdir()
    options = f"size={size},uid={os.geteuid()},mode=0711"
    mount = [*AS_ROOT, "mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        folder.rmdir()
        pytest.skip(f"mounting a file system needs root: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        processes.end(f"{folder}/", grace=0)
        subprocess.run([*AS_ROOT, "umount", "--lazy", str(folder)], check=True)  # noqa: S603
        folder.rmdir()


def fill(ballast: Path) -> None:
    """Take all room, piece by piece: the system takes some meanwhile."""
    piece = shutil.disk_usage(ballast.parent).free
    with ballast.open("ab") as file:
        size = file.tell()
        while piece >= PAGE:
            try:
                os.posix_fallocate(file.fileno(), size, piece)
            except OSError:
                piece //= 2
            else:
                size += piece


@contextmanager
def kept_full(ballast: Path) -> Iterator[None]:
    """Take all room, and what a server that crashes on it gives back, until the block ends."""
    over = threading.Event()

    def keep() -> None:
        fill(ballast)
        while not over.wait(0.1):
            fill(ballast)

    filler = threading.Thread(target=keep)
    filler.start()
    try:
        yield
    finally:
        over.set()
        filler.join()


def test_a_full_disk_is_told_before_anything_starts() -> None:
    with disk("30m") as small, cloned() as clone:
        output = Clone(clone.path, KIPTHOI_RUN_DIR=str(small)).run(*SERVERS, status=1)
    assert "is full" in output
    assert "Make room" in output


def test_a_disk_that_becomes_full_meanwhile_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stack, "require_space", lambda _: None)
    monkeypatch.setattr(stack, "_link", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["deploy.local", *SERVERS])
    monkeypatch.setenv("AMQP_URL", "amqp://elsewhere")
    with disk("30m") as small:
        monkeypatch.setenv("KIPTHOI_RUN_DIR", str(small))
        assert command.main() == 1
    assert f"The disk that holds {small} became full." in capsys.readouterr().err


@pytest.mark.timeout(900)
def test_a_disk_that_becomes_full_under_a_running_system_is_told_and_it_carries_on() -> None:
    with disk("1200m") as small, cloned() as copied:
        clone = Clone(copied.path, KIPTHOI_RUN_DIR=str(small))
        run = clone.begin("run")
        read_until(run, "200 of 1140 answers received")
        ballast = small / "ballast"
        with kept_full(ballast):
            output = output_of(run, status=1)
        assert "The main job failed" in output
        assert f"✗ The disk that holds {small} became full. Make room there" in output
        assert "is full" in clone.run("run", status=1)
        ballast.unlink()
        output = clone.run("run")
        assert "1140 of 1140 answers received" in output
        assert "below target" in output
