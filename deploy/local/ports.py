import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOPBACK = "127.0.0.1"


class Ports:
    """The ports of one stack: preferred ones, else the next free; kept in a file for next time.

    Another stack that is just starting has claimed ports on which nothing listens yet: those of
    the folders beside this one are left to them.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ports: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}

    def claim(self, name: str, preferred: int, *, ours: bool = False) -> int:
        """Return the port of `name`: the one of last time, else the first free from `preferred`.

        With `ours` the one of last time is busy because its process runs, and is kept.
        """
        with _one_after_another(self._file.parent.parent):
            saved = self._ports.pop(name, None)
            taken = set(self._ports.values()) | self._claimed_by_others()
            if saved is not None and (ours or (saved not in taken and is_free(saved))):
                port = saved
            else:
                choices = range(preferred, preferred + 1000)
                port = next(one for one in choices if one not in taken and is_free(one))
            self._ports[name] = port
            making = self._file.with_suffix(".new")
            making.write_text(json.dumps(self._ports))
            making.rename(self._file)
        return port

    def _claimed_by_others(self) -> set[int]:
        claimed: set[int] = set()
        for file in self._file.parent.parent.glob(f"kipthoi-*/{self._file.name}"):
            if file.parent != self._file.parent and _at_work(file.parent / "lock"):
                claimed.update(json.loads(file.read_text()).values())
        return claimed


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _at_work(lock: Path) -> bool:
    """Whether a run holds the lock of its stack (see `stack.alone`)."""
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # there is none, or it is of somebody whose files we may not read
        return False
    return False


@contextmanager
def _one_after_another(folder: Path) -> Iterator[None]:
    """Let one stack at a time claim; a folder can be locked by whoever may read it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
