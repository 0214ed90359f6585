"""Installing packages leaves the machine's settings as they were, whatever happens.

In a name space of its own: what the script writes below /usr/sbin and /etc is seen there alone.
Whoever is not root is root in there.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.folder import REPOSITORY

POLICY = "/usr/sbin/policy-rc.d"
BECOME_ROOT = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
STATE = f"cat {POLICY} 2>/dev/null; ls /usr/sbin | grep -c kipthoi; ls -A /etc/postgresql-common"


def in_name_space(tmp_path: Path, script: str) -> str:
    """Run a script that sees private copies of the two folders; returns what it printed."""
    mounts = ["mount -t tmpfs tmpfs /run/lock || exit 77"]
    for number, folder in enumerate(("/usr/sbin", "/etc")):
        for part in ("upper", "work"):
            (tmp_path / f"{part}{number}").mkdir(exist_ok=True)
        layers = (
            f"lowerdir={folder},upperdir={tmp_path}/upper{number},workdir={tmp_path}/work{number}"
        )
        mounts.append(f"mount -t overlay overlay -o {layers} {folder} || exit 77")
    done = subprocess.run(  # noqa: S603
        [
            *("unshare", *BECOME_ROOT, "--mount", "--propagation=private"),
            *("bash", "-c", "\n".join([*mounts, script])),
        ],
        env={"PATH": f"{tmp_path}/bin:{os.environ['PATH']}"},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 77 or done.stdout.startswith("unshare: "):
        pytest.skip(f"this machine allows no overlays in a name space: {done.stdout.strip()}")
    return done.stdout


@contextmanager
def apt_that(tmp_path: Path, does: str) -> Iterator[None]:
    (tmp_path / "bin").mkdir(exist_ok=True)
    apt = tmp_path / "bin" / "apt-get"
    apt.write_text(f"#!/bin/sh\n{does}\n")
    apt.chmod(0o755)
    yield
    apt.unlink()


@pytest.fixture
def layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layers")


def test_no_server_starts_and_no_cluster_is_made_while_installing(layers: Path) -> None:
    seen = f"{POLICY}; echo policy $? >&2; cat /etc/postgresql-common/createcluster.d/* >&2; exit 1"
    with apt_that(layers, seen):
        output = in_name_space(layers, "deploy/local/install something")
    assert "policy 101" in output
    assert "create_main_cluster = false" in output


@pytest.mark.parametrize("own", [None, "#!/bin/sh\\nexit 104\\n"])
def test_settings_are_put_back_when_apt_fails(layers: Path, own: str | None) -> None:
    before = f"printf '{own}' >{POLICY}" if own else "true"
    with apt_that(layers, "echo E: no such package >&2; exit 100"):
        script = f"{before}; a=$({STATE}); deploy/local/install x; echo $?; b=$({STATE});"
        output = in_name_space(layers, f'{script} [ "$a" = "$b" ] && echo same')
    assert "E: no such package" in output
    assert output.rstrip().endswith("100\nsame")


def test_settings_are_put_back_after_an_installation_that_was_killed(layers: Path) -> None:
    with apt_that(layers, 'kill -9 "$PPID"'):
        script = (
            f"printf '#!/bin/sh\\nexit 104\\n' >{POLICY}; deploy/local/install x;"
            f"cat {POLICY}; deploy/local/packages run python3; cat {POLICY}"
        )
        output = in_name_space(layers, script)
    assert "exit 101" in output, "the first installation was to be killed half-way"
    assert output.rstrip().endswith("exit 104")
