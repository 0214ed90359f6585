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
        self.folder = stack_folder(path)
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

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run `python -m deploy.local …`, expect this exit status, return what it printed."""
        with self.begin(*arguments) as process:
            output = process.communicate(timeout=200)[0]
        assert process.returncode == status, output
        return output

    def processes(self) -> list[int]:
        """The living processes of its stack."""
        return processes.marked(f"{self.folder}/")

    def ports(self) -> dict[str, int]:
        """The ports of its stack by name."""
        saved: dict[str, int] = json.loads((self.folder / "ports.json").read_text())
        return saved


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
