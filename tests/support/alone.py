"""One service as a process over a database and a broker of its own; the test plays the others."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from chassis.clock import VIETNAM
from deploy.local.clock import set_business_time
from deploy.local.postgres import Database
from messaging import topology
from tests.support.databases import newest
from tests.support.events import Neighbour
from tests.support.look import Look
from tests.support.process import ServiceProcess, running
from tests.support.produced import check_events
from tests.support.rpc import Rpc

SERVICES = ("directory", "surveys", "inspections", "reports")


@dataclass
class Alone:
    """The process, whom it talks with, and its clock; each service adds how it is asked."""

    process: ServiceProcess
    amqp_url: str
    rpc: Rpc
    directory: Neighbour
    surveys: Neighbour
    inspections: Neighbour
    reports: Neighbour
    database: Database
    look: Look
    clock_file: Path
    now: datetime

    def move_clock(self, year: int, month: int, day: int, hour: int = 9) -> datetime:
        """Make it this hour in Vietnam."""
        self.now = datetime(year, month, day, hour, tzinfo=VIETNAM)
        set_business_time(self.clock_file, self.now)
        return self.now

    def number(self, sql: str) -> int:
        """Ask the database for one number."""
        [(number,)] = self.look.rows(sql)
        return int(number)


A = TypeVar("A", bound=Alone)


@contextmanager
def alone(
    kind: type[A],
    amqp_url: str,
    database: Database,
    folder: Path,
    at: datetime,
    **environ: str,
) -> Iterator[A]:
    """Run the service that `kind` is named after, begun at a moment of business time.

    In the end each event that it wrote must follow its schema.
    """
    service = kind.__name__.lower()
    newest(service, database)
    topology.apply(amqp_url)
    clock_file = folder / "clock"
    set_business_time(clock_file, at)
    environ |= {
        "KIPTHOI_ENV": "test",
        "AMQP_URL": amqp_url,
        f"KIPTHOI_{service.upper()}_DATABASE_URL": database.url,
        "KIPTHOI_CLOCK_FILE": str(clock_file),
    }
    with ExitStack() as stack:
        yield kind(
            process=stack.enter_context(running(service, environ, folder / "log")),
            amqp_url=amqp_url,
            rpc=stack.enter_context(Rpc(amqp_url)),
            **{name: stack.enter_context(Neighbour(amqp_url, name)) for name in SERVICES},
            database=database,
            look=stack.enter_context(closing(Look(database.url))),
            clock_file=clock_file,
            now=at,
        )
    check_events(database)
