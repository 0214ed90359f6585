"""The supervisor keeps what runs, starts what died, and takes over after it was killed itself."""

import os
import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import processes
from deploy.local.supervision import Supervisor
from tests.support.eventually import eventually

SLEEPER = ("sleep 1000", {"PERCENT": "50%", "SPACED": "a b, c"})


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    folder = Path("/var/tmp") / f"kipthoi-supervised-{secrets.token_hex(4)}"
    folder.mkdir()
    one = Supervisor(folder / "supervisor")
    yield one
    one.stop()
    shutil.rmtree(folder)


def sleepers(supervisor: Supervisor) -> list[int]:
    return [
        pid
        for pid in processes.marked(supervisor.main)
        if Path(f"/proc/{pid}/comm").read_text().strip() == "sleep"
    ]


def all_running(supervisor: Supervisor) -> bool:
    return set(supervisor.states().values()) == {"RUNNING"}


def test_what_runs_unchanged_is_left_alone(supervisor: Supervisor) -> None:
    assert supervisor.apply({"one": SLEEPER, "two": SLEEPER}) == ["one", "two"]
    eventually(lambda: all_running(supervisor))
    before = sleepers(supervisor)
    assert len(before) == 2
    assert supervisor.apply({"one": SLEEPER, "two": SLEEPER}) == []
    assert sleepers(supervisor) == before


def test_what_changed_is_started_anew_and_what_left_is_ended(supervisor: Supervisor) -> None:
    supervisor.apply({"one": SLEEPER, "two": SLEEPER, "three": SLEEPER})
    eventually(lambda: all_running(supervisor))
    before = set(sleepers(supervisor))
    changed = (SLEEPER[0], {"CODE": "newer"})
    assert supervisor.apply({"one": SLEEPER, "two": changed}) == ["two"]
    eventually(lambda: all_running(supervisor))
    assert set(supervisor.states()) == {"one", "two"}
    assert len(before & set(sleepers(supervisor))) == 1


def test_it_carries_on_after_being_killed(supervisor: Supervisor) -> None:
    supervisor.apply({"one": SLEEPER})
    eventually(lambda: all_running(supervisor))
    (orphan,) = sleepers(supervisor)
    (leader,) = set(processes.marked(supervisor.main)) - {orphan}
    os.kill(leader, signal.SIGKILL)
    eventually(lambda: not supervisor.states())
    assert supervisor.apply({"one": SLEEPER}) == ["one"]
    eventually(lambda: all_running(supervisor))
    assert len(sleepers(supervisor)) == 1
    assert sleepers(supervisor) != [orphan]


def test_stopped_it_leaves_no_process(supervisor: Supervisor) -> None:
    supervisor.apply({"one": SLEEPER})
    supervisor.stop()
    assert processes.marked(supervisor.mark) == []


def test_what_starts_others_while_it_is_ended_leaves_none(tmp_path: Path) -> None:
    mark = f"/kipthoi-restless-{secrets.token_hex(4)}/"
    restless = "import subprocess\nwhile True: subprocess.run(['sleep', '1000'])"
    for _ in range(8):
        processes.spawn(
            mark,
            [sys.executable, "-c", restless],
            env=os.environ,
            log=tmp_path / "log",
            cwd=tmp_path,
        )
    eventually(lambda: len(processes.marked(mark)) == 16)  # each with its sleeper
    processes.end(mark, grace=0)
    assert processes.marked(mark) == []
