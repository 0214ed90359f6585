from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from chassis import migrate
from contracts.rpc import inspections as m
from contracts.rpc.base import Actor
from contracts.rpc.trigger_rules import Evaluation, Evaluations, ListEvaluations
from deploy.local.clock import set_business_time
from deploy.local.postgres import Database
from messaging import topology
from tests.support.events import Neighbour
from tests.support.eventually import eventually
from tests.support.inspections import OFFICER
from tests.support.process import ServiceProcess, running
from tests.support.rpc import Rpc
from tests.support.schools import registered

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Inspections:
    """Inspections as a process, with its neighbours played by the test."""

    process: ServiceProcess
    rpc: Rpc
    directory: Neighbour
    surveys: Neighbour
    reports: Neighbour
    database: Database
    clock_file: Path

    def move_clock(self, year: int, month: int, day: int, hour: int = 9) -> datetime:
        """Make it this hour in Vietnam."""
        moment = datetime(year, month, day, hour, tzinfo=VIETNAM)
        set_business_time(self.clock_file, moment)
        return moment

    def listed(self, actor: Actor = OFFICER) -> tuple[m.Inspection, ...]:
        """List inspections."""
        return self.rpc.call(
            "inspections.list_inspections", m.ListInspections(), m.Inspections, actor=actor
        ).items

    def proposed(self, number: int = 1) -> tuple[m.Inspection, ...]:
        """Wait until so many inspections are there."""
        return eventually(
            lambda: self.listed() if len(self.listed()) == number else (),
            message=f"{number} inspections",
        )

    def evaluations(self, actor: Actor = OFFICER) -> tuple[Evaluation, ...]:
        """List evaluations."""
        return self.rpc.call(
            "inspections.list_evaluations", ListEvaluations(), Evaluations, actor=actor
        ).items

    def number(self, sql: str) -> int:
        """Ask the database for one number."""
        with psycopg.connect(self.database.url) as connection:
            row = connection.execute(sql.encode()).fetchone()
        assert row is not None
        return int(row[0])

    def settled(self) -> None:
        """Wait until everything is told, and nothing is parked."""
        eventually(
            lambda: self.number("SELECT count(*) FROM outbox") == 0, message="the outbox is empty"
        )
        waiting = "SELECT count(*) FROM reactions WHERE state IN ('retrying', 'parked')"
        assert self.number(waiting) == 0


@pytest.fixture
def inspections(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Inspections]:
    migrate.upgrade("inspections", database.url)
    topology.apply(amqp_url)
    clock_file = tmp_path / "clock"
    environ = {
        "KIPTHOI_ENV": "test",
        "AMQP_URL": amqp_url,
        "KIPTHOI_INSPECTIONS_DATABASE_URL": database.url,
        "KIPTHOI_CLOCK_FILE": str(clock_file),
    }
    at = datetime(2024, 3, 4, 9, tzinfo=VIETNAM)
    set_business_time(clock_file, at)
    with ExitStack() as stack:
        made = Inspections(
            process=stack.enter_context(running("inspections", environ, tmp_path / "log")),
            rpc=stack.enter_context(Rpc(amqp_url)),
            directory=stack.enter_context(Neighbour(amqp_url, "directory")),
            surveys=stack.enter_context(Neighbour(amqp_url, "surveys")),
            reports=stack.enter_context(Neighbour(amqp_url, "reports")),
            database=database,
            clock_file=clock_file,
        )
        made.directory.tell(registered(), at=at)
        known = "SELECT count(*) FROM schools"
        eventually(lambda: made.number(known) == 1, message="the school is known")
        yield made
