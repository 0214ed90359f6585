from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from chassis.clock import VIETNAM
from contracts.rpc import inspections as m
from contracts.rpc.base import Actor
from contracts.rpc.trigger_rules import Evaluation, Evaluations, ListEvaluations
from deploy.local.postgres import Database, PostgreSQL
from tests.support.alone import Alone, alone
from tests.support.databases import lent
from tests.support.eventually import eventually
from tests.support.inspections import OFFICER
from tests.support.schools import registered


class Inspections(Alone):
    """Inspections as a process, with its neighbours played by the test."""

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

    def settled(self) -> None:
        """Wait until everything is told, and nothing is parked."""
        eventually(
            lambda: self.number("SELECT count(*) FROM outbox") == 0, message="the outbox is empty"
        )
        waiting = "SELECT count(*) FROM reactions WHERE state IN ('retrying', 'parked')"
        assert self.number(waiting) == 0


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of inspections, with its newest tables."""
    with lent("inspections", postgres) as one:
        yield one


@contextmanager
def with_a_school(amqp_url: str, database: Database, folder: Path) -> Iterator[Inspections]:
    """Run it; it is 4 March 2024, nine in the morning, and one school is known."""
    start = datetime(2024, 3, 4, 9, tzinfo=VIETNAM)
    with alone(Inspections, amqp_url, database, folder, start) as process:
        process.directory.tell(registered(), at=start)
        known = "SELECT count(*) FROM schools"
        eventually(lambda: process.number(known) == 1, message="the school is known")
        yield process


@pytest.fixture
def inspections(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Inspections]:
    with with_a_school(amqp_url, database, tmp_path) as process:
        yield process
