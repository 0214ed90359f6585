"""A small disk of its own, which a test may fill."""

import os
import secrets
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import processes

PAGE = 4096
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


class NoDiskError(Exception):
    """Mounting a file system needs rights that we don't have."""


@contextmanager
def disk(size: str) -> Iterator[Path]:
    """Mount a disk, in memory; processes that live on it are ended with it.

    Raises `NoDiskError` where that is not allowed.
    """
    folder = Path("/var/tmp") / f"kipthoi-full-{secrets.token_hex(4)}"
    folder.mkdir()
    options = f"size={size},uid={os.geteuid()},mode=0711"
    mount = [*AS_ROOT, "mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        folder.rmdir()
        raise NoDiskError(done.stderr.strip())
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
