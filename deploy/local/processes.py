"""Start processes that outlive us, and later find and end exactly those.

Each process carries a mark in its environment, which its children inherit. The mark names the
folder of its stack, so that nothing depends on pid files: they go stale when a runner is killed
half-way, and a pid that was given to somebody else must never be signalled.
"""

import contextlib
import io
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

MARK = "KIPTHOI_PROCESS"
# A supervisor that is killed may just have started another process.
KILLING_ROUNDS = 3


def spawn(
    mark: str,
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path,
    cwd: Path,
    user: str | None = None,
) -> None:
    """Start a process in a session of its own, output to `log`, found later by `mark`."""
    with log.open("ab") as output:
        subprocess.run(  # noqa: S603 - the commands are our own
            ["setsid", "--fork", *command],  # noqa: S607 - util-linux stands in different folders
            env={**env, MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            check=True,
            user=user,
            group=user,
            extra_groups=() if user else None,
        )


def marked(mark: str) -> list[int]:
    """Ids of the living processes with exactly this mark; with a mark ending in "/", all below."""
    return [pid for pid in _everyone() if _carries(pid, mark)]


def parent(pid: int) -> int:
    """Id of a process's parent; 0 of one that has gone."""
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def end(mark: str, *, gently: signal.Signals = signal.SIGTERM, grace: float = 30.0) -> None:
    """Ask the oldest processes of a mark to end, then end what is left after `grace` seconds."""
    members = marked(mark)
    family = _with_descendants(members)
    if grace > 0:
        for pid in members:
            if parent(pid) not in members:
                _signal(pid, gently, mark)
        _wait_gone(family, grace)
    started = {pid: _started(pid) for pid in family}
    for _ in range(KILLING_ROUNDS):
        for pid in sorted({*marked(mark), *family}):  # the oldest first: they start the others
            if pid not in started or _started(pid) == started[pid]:
                _signal(pid, signal.SIGKILL)
        _wait_gone({*marked(mark), *family}, 10.0)
        if not marked(mark):
            return


def _everyone() -> list[int]:
    with os.scandir("/proc") as entries:
        return sorted(int(entry.name) for entry in entries if entry.name.isdigit())


def _carries(pid: int, mark: str) -> bool:
    # This looks at every process of the machine, ten times a second while a server starts.
    try:
        with io.FileIO(f"/proc/{pid}/environ") as file:
            environment = b"\0" + file.readall() + b"\0"
    except OSError:  # gone meanwhile, or somebody else's
        return False
    wanted = f"\0{MARK}={mark}".encode()
    return (wanted if mark.endswith("/") else wanted + b"\0") in environment


def _signal(pid: int, number: signal.Signals, mark: str | None = None) -> None:
    with contextlib.suppress(OSError):
        handle = os.pidfd_open(pid)
        try:  # the handle pins the process: from here on the number can't come to mean another
            if mark is None or _carries(pid, mark):
                signal.pidfd_send_signal(handle, number)
        finally:
            os.close(handle)


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _alive(pid: int) -> bool:
    fields = _stat(pid)
    return bool(fields) and fields[0] not in "ZX"


def _started(pid: int) -> str:
    fields = _stat(pid)
    return fields[19] if fields else ""


def _with_descendants(roots: Sequence[int]) -> set[int]:
    """Servers that rewrite their children's titles wipe the mark there: follow the parents."""
    family = set(roots)
    for pid in _everyone():
        if parent(pid) in family:
            family.add(pid)
    return family


def _wait_gone(pids: set[int], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(map(_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
