"""Bring databases and broker to what the code expects, in processes of their own."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local.errors import StackError
from deploy.local.folder import REPOSITORY
from deploy.local.parts import Part
from deploy.local.steps import step


def migrate(services: Sequence[Part], environment: Mapping[str, str], folder: Path) -> None:
    """Bring each service's database to its newest migration.

    Skipped when neither code nor databases changed since it last went well.
    """
    done = folder / "migrated"
    state = _state(services, environment, folder)
    if done.exists() and done.read_text() == state:
        return
    with step("migrations of " + ", ".join(part.name for part in services)):
        _run(["chassis.migrate", *(part.name for part in services)], environment)
    done.write_text(state)


def declare_topology(environment: Mapping[str, str]) -> None:
    """Declare every exchange and queue before a service starts: an unbound queue loses events."""
    with step("exchanges and queues"):
        _run(["deploy.local.topology"], environment)


def _state(services: Sequence[Part], environment: Mapping[str, str], folder: Path) -> str:
    data = folder / "postgres" / "password"  # made anew with the data folder
    made = data.stat().st_mtime_ns if data.exists() else 0
    facts = [(part.code_version(), environment[part.database_variable]) for part in services]
    return hashlib.sha256(repr((made, facts)).encode()).hexdigest()


def _run(module: Sequence[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", *module],
        env=environment,
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-25:])
        raise StackError(f"`python -m {' '.join(module)}` failed:\n{lines}")
