"""Clones of this working tree, each with a local stack of its own."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import processes
from deploy.local.folder import REPOSITORY, stack_folder

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".run", "backups", "__pycache__", ".*_cache", ".hypothesis", "*.pyc"
)


class Clone:
    """A copy of the code somewhere else; its stack is started as a user would."""

    def __init__(self, path: Path, **environ: str) -> None:
        self.path = path
        given = environ.get("KIPTHOI_RUN_DIR")
        self.folder = Path(given) if given else stack_folder(path)
        self._environ = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KIPTHOI_", "AMQP_", "PYTEST_"))
        } | environ

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start `python -m deploy.local …` in the clone without waiting for it."""
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "deploy.local", *arguments],
            cwd=self.path,
            env=self._environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def make(self, goal: str) -> "subprocess.Popen[str]":
        """Start `make …` in the clone, as a user does, without waiting for it."""
        return subprocess.Popen(  # noqa: S603 - our own command
            ["make", goal],  # noqa: S607
            cwd=self.path,
            env=self._environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def made(self, goal: str, status: int = 0) -> str:
        """Run `make …`, expect this exit status, return what it printed."""
        return output_of(self.make(goal), status)

    def program(self, module: str) -> int:
        """The process that runs `python -m module …` in the clone."""
        found = [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and self._runs(entry, module)
        ]
        assert len(found) == 1, f"{module} runs as {found}"
        return found[0]

    def _runs(self, process: Path, module: str) -> bool:
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            return module.encode() in command and (process / "cwd").readlink() == self.path
        except OSError:  # gone meanwhile, or somebody else's
            return False

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run `python -m deploy.local …`, expect this exit status, return what it printed."""
        return output_of(self.begin(*arguments), status)

    def processes(self) -> list[int]:
        """The living processes of its stack."""
        return processes.marked(f"{self.folder}/")

    def lasting(self) -> set[int]:
        """Those that are there from the start.

        PostgreSQL and Erlang begin others when they need them: for a connection, to look up a name.
        """
        servers = (b"postgres", b"erl_child_setup", b"inet_gethost")
        return {pid for pid in self.processes() if _program(processes.parent(pid)) not in servers}

    def ports(self) -> dict[str, int]:
        """The ports of its stack by name."""
        saved: dict[str, int] = json.loads((self.folder / "ports.json").read_text())
        return saved


def _program(pid: int) -> bytes:
    """Return the name of the program that a process runs; of one that has gone, nothing."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
    return command.partition(b"\0")[0].rpartition(b"/")[2]


def output_of(process: "subprocess.Popen[str]", status: int = 0) -> str:
    """Wait for a process, expect this exit status, return the rest of what it printed."""
    with process:
        output = process.communicate(timeout=400)[0]
    assert process.returncode == status, output
    assert "Traceback" not in output
    return output


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    """Read what a process prints up to the line with these words."""
    assert process.stdout is not None
    output = ""
    while words not in output:
        line = process.stdout.readline()
        assert line, f"it ended before it said {words!r}:\n{output}"
        output += line
    return output


@contextmanager
def cloned(name: str = "clone", **environ: str) -> Iterator[Clone]:
    """A fresh clone whose last folder is `name`; its processes and files are gone afterwards."""
    # Not below pytest's folder, which other users, such as PostgreSQL's, may not enter.
    parent = Path("/var/tmp") / f"kipthoi-clones-{secrets.token_hex(4)}"
    parent.mkdir(mode=0o755)
    path = parent / name
    shutil.copytree(REPOSITORY, path, ignore=LEFT_OUT)
    clone = Clone(path, **environ)
    try:
        yield clone
    finally:
        processes.end(f"{clone.folder}/", grace=0)
        shutil.rmtree(clone.folder, ignore_errors=True)
        shutil.rmtree(parent, ignore_errors=True)
