"""Whoever may not install is told what to ask for; whoever may sees what is installed.

The programs that it looks for on the PATH are missing there; apt-get and sudo are
stand-ins that write down how they were called. For root the script runs as nobody in particular.
"""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.folder import REPOSITORY

TOOLS = ("bash", "sh", "cat", "dirname", "grep", "id", "touch", "chmod", "setsid")
# The program that is looked for, and its package; only `make test` needs the last three.
PROGRAMS = {
    "soffice": "libreoffice-writer-nogui",
    "chromium-headless-shell": "chromium-headless-shell",
    "promtool": "prometheus",
    "amtool": "prometheus-alertmanager",
}
PACKAGES = " ".join(PROGRAMS.values())
AS_NOBODY = (
    [str(shutil.which("setpriv")), "--reuid=65534", "--regid=65534", "--clear-groups"]
    if os.geteuid() == 0
    else []
)


class Machine:
    """A PATH with few programs, and the script that looks for packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)
        self.provide("python3", "exit 0")  # the real one may stand where only its owner may go
        for script in ("packages", "install"):
            shutil.copy(REPOSITORY / "deploy" / "local" / script, folder)

    def provide(self, program: str, script: str) -> None:
        """Put a program of a few lines on the PATH."""
        (self.bin / program).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / program).chmod(0o755)

    def look(self) -> "subprocess.CompletedProcess[str]":
        """Make sure of what `make test` needs."""
        return subprocess.run(  # noqa: S603 - our own script
            [*AS_NOBODY, str(self.bin / "bash"), "packages", "test", "python3"],
            cwd=self.folder,
            env={"PATH": f"{self.bin}"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine() -> Iterator[Machine]:
    # Not below pytest's folder, which others than its owner may not enter.
    folder = Path("/var/tmp") / f"kipthoi-packages-{secrets.token_hex(4)}"
    folder.mkdir()
    folder.chmod(0o755)
    yield Machine(folder)
    shutil.rmtree(folder)


def test_without_sudo_it_names_the_packages(machine: Machine) -> None:
    machine.provide("apt-get", "exit 1")
    done = machine.look()
    assert done.returncode == 1
    assert "There is no right to install them here" in done.stderr
    assert f"    apt-get install {PACKAGES}\n" in done.stderr


def test_a_sudo_that_asks_for_a_password_is_not_asked(machine: Machine) -> None:
    machine.provide("apt-get", "exit 1")
    machine.provide("sudo", "echo 'sudo: a password is required' >&2; exit 1")
    done = machine.look()
    assert done.returncode == 1
    assert "sudo asks for a password" in done.stderr
    assert "a password is required" not in done.stderr


def test_without_apt_it_names_the_packages(machine: Machine) -> None:
    done = machine.look()
    assert done.returncode == 1
    assert "This system has no apt-get." in done.stderr
    assert PACKAGES in done.stderr


def test_with_sudo_it_installs_what_is_missing_and_says_so(machine: Machine) -> None:
    machine.provide("apt-get", "exit 1")
    made = " ".join(f"{machine.bin}/{program}" for program in PROGRAMS)
    machine.bin.chmod(0o777)  # the stand-in for the installation is nobody too
    machine.provide(
        "sudo",
        '[ "$1 $2" = "-n true" ] && exit 0\n'
        f'[ "$1 $2 $4 $5 $6 $7 $8" = "-n bash {PACKAGES} " ] || exit 9\n'
        f"touch {made} && chmod 755 {made}",
    )
    done = machine.look()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"· installing packages: {PACKAGES} (no server")
    again = machine.look()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_an_installation_that_brings_nothing_is_told(machine: Machine) -> None:
    machine.provide("apt-get", "exit 1")
    machine.provide("sudo", "exit 0")
    done = machine.look()
    assert done.returncode == 1
    assert "yet their programs are not where they should be" in done.stderr
