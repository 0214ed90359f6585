"""What a person's machine does to `make run`: repeated, stopped, killed, busy, full, forbidden."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from deploy.local import __main__ as command
from deploy.local import processes, stack
from deploy.local.folder import REPOSITORY
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import BrokerPorts, RabbitMQ
from tests.support.clones import Clone, cloned
from tests.support.eventually import eventually
from tests.support.handbook import Page

pytestmark = pytest.mark.xdist_group("stack")  # these share processors and ports with each other

SERVERS = ("run", "--servers-only")
STRANGE_PATH = "Trường học/kịp thời"
README = Page(REPOSITORY / "README.md")
# What the README says that `make run` prints, and what that looks like.
PROMISED = {
    "says each step in a line": r"^· services ready: .+ started",
    "each school's satisfaction rate with its verdict": r"School +Answers .+ Rate +Verdict",
    "the inspection that proposed itself": r"cau-vong-giay +improper-demand +\S+ +completed",
    "how many milliseconds after the parent's answer": r"proposed \d+ ms after the answer",
    "the reports on time, late and overdue": r" on time(.|\n)* late (.|\n)* overdue",
    "the same as Prometheus reads it": r"^ +kipthoi_obligations\{.*state=\"overdue\"\} 1",
    "the accounts with their passwords": r"^ +chuyenvien +district_officer +\S+ +\S{8,}",
    "the addresses": r"^ +dashboard +http://127\.0\.0\.1:\d+",
}


@pytest.fixture(scope="module")
def clone() -> Iterator[Clone]:
    with cloned() as one:
        yield one


def answers(clone: Clone) -> bool:
    """Whether both servers let their administrators in."""
    ports = clone.ports()
    postgres = PostgreSQL(clone.folder / "postgres", ports["sql"])
    psycopg.connect(postgres.admin.url).close()
    names = ("amqp", "management", "distribution", "epmd")
    broker = RabbitMQ(clone.folder / "rabbitmq", BrokerPorts(**{n: ports[n] for n in names}))
    return bool(broker.administration.api("GET", "whoami")["name"] == "kipthoi")


def test_repeated_at_once_it_leaves_everything_running(clone: Clone) -> None:
    clone.run(*SERVERS)
    before = clone.processes()
    begun = time.monotonic()
    output = clone.run(*SERVERS)
    assert time.monotonic() - begun < 10
    assert output.count("running already") == 2
    assert set(before) == set(clone.processes())
    assert answers(clone)
    assert (clone.path / ".run").resolve() == clone.folder


def test_stopped_it_leaves_no_process_and_keeps_the_data(clone: Clone) -> None:
    clone.run(*SERVERS)
    ports = clone.ports()
    postgres = PostgreSQL(clone.folder / "postgres", ports["sql"])
    with psycopg.connect(postgres.admin.url) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    clone.run("stop")
    assert clone.processes() == []
    for port in ports.values():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
    assert "nothing" in clone.run("stop")
    clone.run(*SERVERS)
    assert clone.ports() == ports
    with psycopg.connect(postgres.admin.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_server_that_died_is_started_again(clone: Clone) -> None:
    clone.run(*SERVERS)
    processes.end(f"{clone.folder}/postgres/", grace=0)
    assert "RabbitMQ" in clone.run(*SERVERS)
    assert answers(clone)


def test_a_port_that_became_busy_is_replaced(clone: Clone) -> None:
    clone.run(*SERVERS)
    ports = clone.ports()
    clone.run("stop")
    with ExitStack() as occupied:
        for name in ("sql", "amqp", "epmd"):
            taken = occupied.enter_context(socket.socket())
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", ports[name]))
            taken.listen()
        clone.run(*SERVERS)
        assert answers(clone)
        moved = {name for name, port in clone.ports().items() if port != ports[name]}
        assert {"sql", "amqp", "epmd"} <= moved
        clone.run("stop")


@pytest.mark.parametrize("moment", ["postgres.new", "postgres/data", "rabbitmq/mnesia"])
def test_killed_half_way_it_recovers(moment: str) -> None:
    with cloned() as clone:
        runner = clone.begin(*SERVERS)
        eventually((clone.folder / moment).exists, message=moment)
        runner.send_signal(signal.SIGKILL)
        runner.communicate()
        clone.run(*SERVERS)
        assert answers(clone)


def test_two_clones_run_side_by_side_one_in_a_strange_path() -> None:
    with cloned() as one, cloned(STRANGE_PATH) as other:
        runners = [clone.begin(*SERVERS) for clone in (one, other)]
        for runner in runners:
            output = runner.communicate(timeout=200)[0]
            assert runner.returncode == 0, output
        assert not set(one.ports().values()) & set(other.ports().values())
        one.run("stop")
        assert one.processes() == []
        assert answers(other)


def test_servers_that_the_user_names_are_used(clone: Clone) -> None:
    clone.run("stop")
    names = ("DIRECTORY", "SURVEYS", "INSPECTIONS", "REPORTS")
    given = {f"KIPTHOI_{name}_DATABASE_URL": "postgresql://somewhere/else" for name in names}
    Clone(clone.path, AMQP_URL="amqp://elsewhere", **given).run(*SERVERS)
    assert clone.processes() == []


@pytest.fixture
def tmpfs() -> Iterator[Path]:
    folder = Path("/var/tmp") / f"kipthoi-full-{secrets.token_hex(4)}"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
        folder.rmdir()
        pytest.skip("mounting a file system needs root")
    yield folder
    processes.end(f"{folder}/", grace=0)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607
    folder.rmdir()


def test_a_full_disk_is_told_before_anything_starts(tmpfs: Path) -> None:
    with cloned() as clone:
        output = Clone(clone.path, KIPTHOI_RUN_DIR=str(tmpfs)).run(*SERVERS, status=1)
    assert "is full" in output
    assert "Make room" in output
    assert "Traceback" not in output


def test_a_disk_that_becomes_full_meanwhile_is_told_in_a_sentence(
    tmpfs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIPTHOI_RUN_DIR", str(tmpfs))
    monkeypatch.setattr(stack, "require_space", lambda _: None)
    monkeypatch.setattr(stack, "_link", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["deploy.local", *SERVERS])
    monkeypatch.setenv("AMQP_URL", "amqp://elsewhere")
    assert command.main() == 1
    assert "The disk became full" in capsys.readouterr().err


def test_a_run_folder_that_cannot_be_used_is_told(clone: Clone) -> None:
    strange = Clone(clone.path, KIPTHOI_RUN_DIR="/var/tmp/có dấu")
    assert "without accents" in strange.run(*SERVERS, status=1)


def test_without_the_right_to_install_it_names_the_packages() -> None:
    """In a name space of its own where RabbitMQ is hidden, as a user who is nobody."""
    with cloned() as clone:
        script = (
            "mount -t tmpfs tmpfs /usr/lib/rabbitmq && "
            "exec setpriv --reuid=65534 --regid=65534 --clear-groups "
            f'deploy/local/packages run "{shutil.which("python3")}"'
        )
        unshare = ["unshare", "--mount", "--propagation=private", "sh", "-c", script]
        if os.geteuid() != 0 or not Path("/usr/lib/rabbitmq").exists():
            pytest.skip("hiding a package needs root")
        done = subprocess.run(  # noqa: S603
            unshare, cwd=clone.path, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1, done
    assert re.search("apt-get install .*rabbitmq-server", done.stderr)
    assert "right" in done.stderr


def test_installed_packages_are_left_alone(clone: Clone) -> None:
    done = subprocess.run(
        ["deploy/local/packages", "run", sys.executable],  # noqa: S607
        cwd=clone.path,
        env={"PATH": os.environ["PATH"], "LANG": "vi_VN.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def by_command(clone: Clone, command: str) -> str:
    """Give a command as the README shows it; returns what it printed."""
    done = subprocess.run(  # noqa: S603
        command.split(),
        cwd=clone.path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stdout
    return done.stdout


@pytest.mark.timeout(600)
def test_what_the_readme_shows_happens_and_again() -> None:
    """The real thing, `make` and its virtual environment included, in a strange path."""
    start, proof, *_ = README.commands
    assert proof == "make test", "which can't be run inside itself: its recipe is looked at"
    with cloned(STRANGE_PATH) as fresh:
        first, again = by_command(fresh, start), by_command(fresh, start)
        for promise, seen in PROMISED.items():
            assert promise in README.text
            assert re.search(seen, first, re.MULTILINE), promise
        assert "all running already" in again
        assert {"make stop", "make erase", "make help"} <= set(README.spans)
        assert "make erase" in by_command(fresh, "make help")
        assert (fresh.path / ".run").resolve() == fresh.folder
        by_command(fresh, "make stop")
        assert fresh.processes() == []
        assert fresh.folder.exists()
        by_command(fresh, "make erase")
        assert not fresh.folder.exists()
