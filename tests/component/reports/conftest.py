from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from chassis import migrate
from contracts.events import Event
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc.base import Actor, Request
from deploy.local.clock import set_business_time
from deploy.local.postgres import Database
from messaging import topology
from tests.support.events import Neighbour
from tests.support.eventually import eventually
from tests.support.process import ServiceProcess, running
from tests.support.rpc import OPERATOR, Rpc
from tests.support.schools import SCHOOL

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Reports:
    """Reports as a process, with its neighbours played by the test."""

    process: ServiceProcess
    rpc: Rpc
    neighbours: dict[str, Neighbour]
    database: Database
    clock_file: Path
    now: datetime

    def move_clock(self, month: int, day: int, hour: int = 9) -> None:
        """Make it this hour of 2024 in Vietnam."""
        self.now = datetime(2024, month, day, hour, tzinfo=VIETNAM)
        set_business_time(self.clock_file, self.now)

    def hear(self, *told: Event) -> None:
        """Let the owner of each event tell it."""
        for event in told:
            self.neighbours[event.name.partition(".")[0]].tell(event, at=self.now)

    def listed(self, **wanted: str) -> tuple[o.Obligation, ...]:
        request = o.ListObligations.model_validate(wanted)
        return self.rpc.call("reports.list_obligations", request, o.Obligations).items

    def wait_for(self, number: int, **wanted: str) -> tuple[o.Obligation, ...]:
        """Wait until so many obligations are listed."""
        return eventually(
            lambda: listed if len(listed := self.listed(**wanted)) == number else (),
            timeout=30,
            message=f"{number} obligations {wanted}",
        )

    def detail(self, obligation: o.Obligation) -> o.ObligationDetail:
        request = o.GetObligation(obligation_id=obligation.obligation_id)
        return self.rpc.call("reports.get_obligation", request, o.ObligationDetail)

    def command(self, method: str, actor: Actor, request: Request) -> o.ObligationDetail:
        return self.rpc.call(f"reports.{method}", request, o.ObligationDetail, actor=actor)

    def overview(self, actor: Actor = OPERATOR) -> f.Overview:
        return self.rpc.call("reports.get_overview", f.GetOverview(), f.Overview, actor=actor)

    def row(self) -> f.SchoolRow:
        """The row of the one school."""
        return next(row for row in self.overview().schools if row.school == SCHOOL)

    def told(self, name: str, obligation_id: object) -> list[tuple[object, ...]]:
        """Return (data, occurred_at) of told events about an obligation."""
        with psycopg.connect(self.database.url) as connection:
            return connection.execute(
                "SELECT data, occurred_at FROM events"
                " WHERE type = %s AND data ->> 'obligation_id' = %s ORDER BY recorded_at",
                (name, str(obligation_id)),
            ).fetchall()

    def metric(self, start: str) -> float | None:
        """Return the value of the first sample line that starts so."""
        for line in self.process.get("/metrics").text.splitlines():
            if line.startswith(start):
                return float(line.rsplit(" ", 1)[1])
        return None


@pytest.fixture
def reports(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Reports]:
    """It is 1 March 2024, nine in the morning."""
    migrate.upgrade("reports", database.url)
    topology.apply(amqp_url)
    clock_file = tmp_path / "clock"
    environ = {
        "KIPTHOI_ENV": "test",
        "AMQP_URL": amqp_url,
        "KIPTHOI_REPORTS_DATABASE_URL": database.url,
        "KIPTHOI_CLOCK_FILE": str(clock_file),
    }
    start = datetime(2024, 3, 1, 9, tzinfo=VIETNAM)
    set_business_time(clock_file, start)
    with ExitStack() as stack:
        yield Reports(
            process=stack.enter_context(running("reports", environ, tmp_path / "log")),
            rpc=stack.enter_context(Rpc(amqp_url)),
            neighbours={
                service: stack.enter_context(Neighbour(amqp_url, service))
                for service in ("directory", "surveys", "inspections")
            },
            database=database,
            clock_file=clock_file,
            now=start,
        )
