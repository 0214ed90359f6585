"""Bring databases and broker to what the code expects, each in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping, Sequence

from deploy.local.errors import StackError
from deploy.local.folder import REPOSITORY
from deploy.local.steps import step


def migrate(services: Sequence[str], environment: Mapping[str, str]) -> None:
    """Bring each service's database to its newest migration, all at once."""
    with step("migrations of " + ", ".join(services)):
        _run_all([["chassis.migrate", name] for name in services], environment)


def declare_topology(environment: Mapping[str, str]) -> None:
    """Declare every exchange and queue before a service starts: an unbound queue loses events."""
    with step("exchanges and queues"):
        _run_all([["deploy.local.topology"]], environment)


def _run_all(modules: Sequence[Sequence[str]], environment: Mapping[str, str]) -> None:
    running = [
        subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *module],
            env=environment,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        for module in modules
    ]
    outputs = [process.communicate()[0] for process in running]  # all end before one is blamed
    for module, process, output in zip(modules, running, outputs, strict=True):
        if process.returncode:
            lines = "\n".join(f"    {line}" for line in output.splitlines()[-25:])
            raise StackError(f"`python -m {' '.join(module)}` failed:\n{lines}")
