"""The private servers of a stack, or those that the user names in the environment."""

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from deploy.local.parts import SERVICES
from deploy.local.passwords import Passwords
from deploy.local.ports import Ports
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import BrokerPorts, RabbitMQ
from deploy.local.server import Server
from deploy.local.steps import step
from deploy.setup.rights import USERS

S = TypeVar("S", bound=Server)


@dataclass(frozen=True)
class Servers:
    """A running broker and a database for each service; None where they are the user's own.

    `amqp` is the administrator's address, `broker_users` has one for each process.
    """

    broker: RabbitMQ | None
    postgres: PostgreSQL | None
    amqp: str
    broker_users: Mapping[str, str]
    databases: Mapping[str, str]


def stop_broker(folder: Path) -> None:
    """End RabbitMQ; a run starts it again.

    One that met a full disk may answer, take messages, and serve some of its queues no more.
    """
    RabbitMQ(folder / "rabbitmq", BrokerPorts(0, 0, 0, 0)).stop()


def private_servers(folder: Path) -> tuple[PostgreSQL, RabbitMQ]:
    """The servers of a stack, running or not, on the ports that they have or would get."""
    ports = Ports(folder / "ports.json")
    # A first port of its own for each clone: two that start at the same moment don't meet.
    first = 20_000 + int.from_bytes(folder.name.encode()[-4:]) % 1_000 * 10
    sql_running = PostgreSQL(folder / "postgres", 0).running
    postgres = PostgreSQL(folder / "postgres", ports.claim("sql", first, ours=sql_running))
    unknown = BrokerPorts(0, 0, 0, 0)
    running = RabbitMQ(folder / "rabbitmq", unknown).running
    names = ("amqp", "management", "distribution", "epmd")
    claimed = {name: ports.claim(name, first + 1, ours=running) for name in names}
    return postgres, RabbitMQ(folder / "rabbitmq", BrokerPorts(**claimed))


def start(folder: Path, passwords: Passwords, given: Mapping[str, str] = os.environ) -> Servers:
    """Start what the user doesn't give, both at once; make each service's database."""
    databases = {
        part.name: given[part.database_variable]
        for part in SERVICES
        if part.database_variable in given
    }
    postgres, broker = private_servers(folder)
    needs_postgres = len(databases) < len(SERVICES)
    with ThreadPoolExecutor() as pool:
        booting = None if "AMQP_URL" in given else pool.submit(_start, broker)
        if needs_postgres:
            _start(postgres)
            with step("databases of " + ", ".join(part.name for part in SERVICES)):
                for part in SERVICES:
                    secret = passwords.get(f"database {part.name}")
                    if part.name not in databases:
                        made = postgres.ensure_database(part.name, password=secret)
                        databases[part.name] = made.url
        if booting is None:
            amqp = given["AMQP_URL"]
            users = dict.fromkeys(USERS, amqp)
        else:
            amqp = _result(booting).url()
            with step("users of the broker"):
                users = broker.ensure_users(lambda user: passwords.get(f"broker {user}"))
    return Servers(
        broker=None if booting is None else broker,
        postgres=postgres if needs_postgres else None,
        amqp=amqp,
        broker_users=users,
        databases=databases,
    )


def _start(server: S) -> S:
    was_running = server.running
    with step(server.title) as line:
        server.start()
        line.text += ", running already" if was_running else ""
    return server


def _result(future: Future[S]) -> S:
    return future.result()
