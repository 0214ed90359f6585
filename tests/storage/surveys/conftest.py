from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from contracts.rpc.base import PARENT, Call
from contracts.rpc.surveys import Outcome, Submission
from deploy.local.postgres import Database, PostgreSQL
from surveys.application.submitting import submit_responses
from surveys.application.supplying import supply
from surveys.domain.campaigns import Campaign
from surveys.storage.unit_of_work import Units, open_units
from tests.support.databases import lent, migrated
from tests.support.surveys import campaign


@dataclass
class Clock:
    """Business time as the test sets it."""

    now: datetime = field(default=datetime(2024, 3, 5, 3, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


class Room:
    """Surveys over a fresh database, without broker."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.units: Units = open_units(engine, clock)

    def open_campaign(self, **changed: object) -> Campaign:
        """Store an open campaign."""
        made = campaign(**changed)
        with self.units.for_system() as work:
            work.campaigns.add(made)
        return made

    def submit(self, *items: Submission) -> tuple[Outcome, ...]:
        """Send a batch as parents do."""
        with self.units.for_call(Call(actor=PARENT, correlation_id=uuid4())) as work:
            return submit_responses(work, items).outcomes

    def numbers(self, sql: str, **given: object) -> list[tuple[object, ...]]:
        """Ask the database."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, given or None)]

    def read(self, campaign_id: UUID) -> Campaign:
        """Read a campaign."""
        with self.units.for_system() as work:
            found = work.campaigns.seen(campaign_id, work.actor)
        assert found is not None
        return found


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of surveys, with its newest tables."""
    with lent("surveys", postgres) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(database: Database, clock: Clock) -> Iterator[Room]:
    with migrated("surveys", database) as engine:
        room = Room(engine, clock)
        with room.units.for_system() as work:
            supply(work)
        yield room
