from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from chassis.clock import VIETNAM
from contracts.events import Event
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc.base import Actor, Request
from deploy.local.postgres import Database, PostgreSQL
from tests.support.alone import Alone, alone
from tests.support.databases import lent
from tests.support.events import Neighbour
from tests.support.eventually import eventually
from tests.support.rpc import OPERATOR
from tests.support.schools import SCHOOL


class Reports(Alone):
    """Reports as a process, with its neighbours played by the test."""

    def hear(self, *told: Event) -> None:
        """Let the owner of each event tell it."""
        for event in told:
            owner: Neighbour = getattr(self, event.name.partition(".")[0])
            owner.tell(event, at=self.now)

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
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of reports, with its newest tables."""
    with lent("reports", postgres) as one:
        yield one


@pytest.fixture
def reports(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Reports]:
    """It is 1 March 2024, nine in the morning."""
    start = datetime(2024, 3, 1, 9, tzinfo=VIETNAM)
    with alone(Reports, amqp_url, database, tmp_path, start) as process:
        yield process
