from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from contracts.envelope import Envelope
from contracts.events import Event
from contracts.rpc import inspections as m
from contracts.rpc.base import Actor, Call
from contracts.rpc.trigger_rules import Evaluation, ListEvaluations
from deploy.local.postgres import Database, PostgreSQL
from inspections.application import asking, inspecting
from inspections.application.lapsing import lapse_all
from inspections.application.supplying import supply
from inspections.reactions import make_handlers
from inspections.storage.unit_of_work import InspectionsUnitOfWork, Units, open_units
from messaging import Delivery, Trace
from tests.support.databases import lent, migrated
from tests.support.events import envelope_of
from tests.support.inspections import HEAD, OFFICER
from tests.support.schools import registered

R = TypeVar("R")


@dataclass
class Clock:
    """Business time as the test sets it: Monday 4 March 2024, ten in the morning in Vietnam."""

    now: datetime = field(default=datetime(2024, 3, 4, 3, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: int) -> None:
        """Let days pass."""
        self.now += timedelta(days=days)


class Room:
    """Inspections over a fresh database, without broker."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.units: Units = open_units(engine, clock)
        self.handlers = make_handlers(self.units)

    def happen(
        self, *told: Event, trace: Trace | None = None, at: datetime | None = None
    ) -> list[Envelope]:
        """Let another service's events come in, as one batch; told now, or `at`."""
        envelopes = [
            envelope_of(e.name.split(".")[0], e, trace or Trace.start(), at=at or self.clock())
            for e in told
        ]
        with self.engine.begin() as connection:
            handler = self.handlers.find(told[0].name)
            assert handler is not None
            handler.run(
                connection,
                [Delivery(e, envelope) for e, envelope in zip(told, envelopes, strict=True)],
            )
        return envelopes

    def ask(
        self,
        use_case: Callable[[InspectionsUnitOfWork, Any], R],
        request: Any,
        actor: Actor = HEAD,
    ) -> R:
        """Ask or command as somebody."""
        with self.units.for_call(Call(actor=actor, correlation_id=uuid4())) as work:
            return use_case(work, request)

    def listed(self, actor: Actor = OFFICER) -> tuple[m.Inspection, ...]:
        """List inspections."""
        return self.ask(asking.list_inspections, m.ListInspections(), actor).items

    def evaluations(self, actor: Actor = OFFICER) -> tuple[Evaluation, ...]:
        """List evaluations."""
        return self.ask(asking.list_evaluations, ListEvaluations(), actor).items

    def detail(self, one: m.Inspection, actor: Actor = HEAD) -> m.InspectionDetail:
        """Look at one inspection."""
        wanted = m.GetInspection(inspection_id=one.inspection_id)
        return self.ask(asking.get_inspection, wanted, actor)

    def order(self, one: m.Inspection, actor: Actor = HEAD) -> m.InspectionDetail:
        """Order an inspection."""
        wanted = m.OrderInspection(inspection_id=one.inspection_id, decision_number="05/QĐ")
        return self.ask(inspecting.order_inspection, wanted, actor)

    def lapse(self) -> int:
        """Let the timer come."""
        return lapse_all(self.units)

    def told(self, name: str) -> list[dict[str, Any]]:
        """Return the events of a name that were told, with their envelope's ids and time."""
        query = text(
            "SELECT data, id, correlation_id, causation_id, occurred_at FROM events"
            " WHERE type = :name ORDER BY recorded_at, id"
        )
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query, {"name": name})]

    def number(self, sql: str) -> int:
        """Ask the database for one number."""
        with self.engine.connect() as connection:
            found: int = connection.execute(text(sql)).scalar_one()
        return found


def at_once(*acts: Callable[[], R]) -> list[R | Exception]:
    """Run acts in threads at the same time; return their results, or what they raised."""

    def run(act: Callable[[], R]) -> R | Exception:
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of inspections, with its newest tables."""
    with lent("inspections", postgres) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(database: Database, clock: Clock) -> Iterator[Room]:
    with migrated("inspections", database) as engine:
        room = Room(engine, clock)
        with room.units.for_system() as work:
            supply(work)
            work.schools.learn(registered())
        yield room
