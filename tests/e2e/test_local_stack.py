"""What a person's machine does to `make run`: repeated, stopped, killed, busy, full, forbidden."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from deploy.local import processes
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import BrokerPorts, RabbitMQ
from tests.support.clones import Clone, cloned
from tests.support.eventually import eventually

pytestmark = pytest.mark.xdist_group("stack")  # these share processors and ports with each other

SERVERS = ("run", "--servers-only")
STRANGE_PATH = "Trường học/kịp thời"


@pytest.fixture(scope="module")
def clone() -> Iterator[Clone]:
    with cloned(STRANGE_PATH) as one:
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
    output = clone.run(*SERVERS)
    assert output.count("running already") == 2
    assert set(before) == set(clone.processes())
    assert answers(clone)
    assert (clone.path / ".run").resolve() == clone.folder


def test_a_server_that_died_is_started_again(clone: Clone) -> None:
    clone.run(*SERVERS)
    processes.end(f"{clone.folder}/postgres/", grace=0)
    assert "RabbitMQ" in clone.run(*SERVERS)
    assert answers(clone)


def test_stopped_it_leaves_no_process_and_keeps_data_and_free_ports(clone: Clone) -> None:
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
    busy = {"sql", "amqp", "epmd"}
    with ExitStack() as occupied:
        for name in busy:
            taken = occupied.enter_context(socket.socket())
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", ports[name]))
            taken.listen()
        clone.run(*SERVERS)
        assert answers(clone)
        assert {name for name, port in clone.ports().items() if port != ports[name]} == busy
        postgres = PostgreSQL(clone.folder / "postgres", clone.ports()["sql"])
        with psycopg.connect(postgres.admin.url) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        clone.run("stop")


def test_killed_half_way_again_and_again_it_recovers() -> None:
    with cloned() as clone:
        for moment in ("postgres.new", "postgres/data", "rabbitmq/mnesia"):
            runner = clone.begin(*SERVERS)
            eventually((clone.folder / moment).exists, timeout=60, message=moment)
            runner.send_signal(signal.SIGKILL)
            runner.communicate()
        clone.run(*SERVERS)
        assert answers(clone)


def test_servers_that_the_user_names_are_used(clone: Clone) -> None:
    clone.run("stop")
    names = ("DIRECTORY", "SURVEYS", "INSPECTIONS", "REPORTS")
    given = {f"KIPTHOI_{name}_DATABASE_URL": "postgresql://somewhere/else" for name in names}
    Clone(clone.path, AMQP_URL="amqp://elsewhere", **given).run(*SERVERS)
    assert clone.processes() == []


def test_a_run_folder_that_cannot_be_used_is_told(clone: Clone) -> None:
    strange = Clone(clone.path, KIPTHOI_RUN_DIR="/var/tmp/có dấu")
    assert "without accents" in strange.run(*SERVERS, status=1)


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
