"""The whole system as processes on real servers: for journeys, fault runs and benchmarks."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from deploy.local.clock import set_business_time
from deploy.local.play.api import Api, login
from deploy.local.postgres import Database, PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from messaging import topology
from tests.support.databases import fresh
from tests.support.look import Look
from tests.support.process import ServiceProcess
from tests.support.produced import check_events

FIRST_PASSWORD = "dau-tien-2468-rat-dai"
PASSWORD = "cua-rieng-toi-1357"
NO_DASHBOARD = "http://127.0.0.1:1"
SERVICES = ("directory", "surveys", "inspections", "reports")


class System:
    """Four services and the gateway, each with its own database, on one virtual host.

    `processes` can be killed and started again one by one.
    """

    def __init__(
        self, postgres: PostgreSQL, broker: RabbitMQ, folder: Path, dashboard_url: str
    ) -> None:
        self.folder = folder
        self._chosen = False
        self.amqp_url = broker.create_vhost()
        self.databases: dict[str, Database] = {s: fresh(s, postgres) for s in SERVICES}
        self._looks = {name: Look(database.url) for name, database in self.databases.items()}
        self.clock_file = folder / "clock"
        self.environ = {
            "KIPTHOI_ENV": "test",
            "KIPTHOI_CLOCK_FILE": str(self.clock_file),
            "KIPTHOI_DASHBOARD_URL": dashboard_url,
            "KIPTHOI_OPERATOR_PASSWORD": FIRST_PASSWORD,
        } | {f"KIPTHOI_{s.upper()}_DATABASE_URL": d.url for s, d in self.databases.items()}
        # A user's password is the same in every virtual host, so for all tests of this broker.
        addresses = broker.ensure_users(
            lambda user: f"{user}-{broker.password}", self.amqp_url.rpartition("/")[2]
        )
        self.processes = {
            name: ServiceProcess(name, self.environ | {"AMQP_URL": url}, folder / f"{name}.log")
            for name, url in addresses.items()
        }

    @property
    def url(self) -> str:
        """The gateway's address."""
        return self.processes["gateway"].url

    def start(self, patience: float = 60) -> None:
        """Declare the topology, start all processes; wait `patience` seconds for each."""
        topology.apply(self.amqp_url)
        for process in self.processes.values():
            process.start(wait=False)
        for process in self.processes.values():
            process.wait_ready(patience)

    def stop(self) -> None:
        """End all processes."""
        for process in self.processes.values():
            process.kill()
        for look in self._looks.values():
            look.close()

    def move_clock(self, moment: datetime) -> None:
        """Set business time for all processes."""
        set_business_time(self.clock_file, moment)

    def operator(self) -> Api:
        """Log the operator in, who chooses a password of their own the first time."""
        if not self._chosen:
            with Api(self.url, login(self.url, "vanhanh", FIRST_PASSWORD)) as newcomer:
                newcomer.post("/me/password", {"old": FIRST_PASSWORD, "new": PASSWORD})
            self._chosen = True
        return Api(self.url, login(self.url, "vanhanh", PASSWORD))

    def rows(self, service: str, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database of a service."""
        return self._looks[service].rows(sql)

    def unsettled(self) -> dict[str, int]:
        """Return what is still on its way or stuck: events to publish, reactions not done."""
        found: dict[str, int] = {}
        for service in SERVICES:
            [(outbox,)] = self.rows(service, "SELECT count(*) FROM outbox")
            [(open_,)] = self.rows(
                service, "SELECT count(*) FROM reactions WHERE state IN ('retrying', 'parked')"
            )
            found |= {f"{service} outbox": outbox, f"{service} reactions": open_}
        return {what: count for what, count in found.items() if count}


@contextmanager
def running_system(
    postgres: PostgreSQL,
    broker: RabbitMQ,
    folder: Path,
    dashboard_url: str = NO_DASHBOARD,
) -> Iterator[System]:
    """A started system that is gone afterwards; each event that it wrote must follow its schema."""
    with unchecked_system(postgres, broker, folder, dashboard_url) as system:
        yield system
        for database in system.databases.values():
            check_events(database)


@contextmanager
def unchecked_system(
    postgres: PostgreSQL,
    broker: RabbitMQ,
    folder: Path,
    dashboard_url: str = NO_DASHBOARD,
    patience: float = 60,
) -> Iterator[System]:
    """A started system that is gone afterwards, with more events than can be checked."""
    with ExitStack() as stack:
        system = System(postgres, broker, folder, dashboard_url)
        for database in system.databases.values():
            stack.callback(postgres.drop_database, database)
        stack.callback(broker.delete_vhost, system.amqp_url.rpartition("/")[2])
        stack.callback(system.stop)
        system.start(patience)
        yield system
