from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from contracts.events import Event
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc.base import Actor, Call
from deploy.local.postgres import Database, PostgreSQL
from messaging import Delivery, Trace
from messaging.tables import events
from reports.application import commands, overview, planning, questions, turning
from reports.reactions import make_handlers
from reports.shipped import kinds
from reports.storage.unit_of_work import ReportsUnitOfWork, Units, open_units
from tests.storage.reports.post import Post
from tests.support.databases import lent, migrated
from tests.support.events import envelope_of
from tests.support.schools import SCHOOL, registered

# The sender vouches for all that a report has to hold.
EVERY_PART = tuple(range(1, 11))
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICER = Actor(role="district_officer", display_name="Chuyên viên (mẫu)", schools=(SCHOOL,))
CLERK = Actor(role="clerk", display_name="Văn thư (mẫu)", schools=(SCHOOL,))
HEAD = Actor(role="principal", display_name="Hiệu trưởng (mẫu)", schools=(SCHOOL,))
DEPUTY = Actor(
    role="deputy", account_id=uuid4(), display_name="Phó hiệu trưởng (mẫu)", schools=(SCHOOL,)
)
OPERATOR = Actor(role="operator", schools=None)


@dataclass
class Clock:
    """Business time as the test sets it: eight in the morning in Vietnam."""

    now: datetime = field(default=datetime(2024, 3, 1, 8, tzinfo=VIETNAM))

    def __call__(self) -> datetime:
        return self.now

    def move(self, day: date) -> None:
        self.now = datetime.combine(day, time(8), VIETNAM)


class Room:
    """Reports over a fresh database, without broker."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.units: Units = open_units(engine, clock, kinds())
        self._handlers = make_handlers(self.units)

    def call(self, actor: Actor = OPERATOR) -> AbstractContextManager[ReportsUnitOfWork]:
        """Open the transaction of an RPC."""
        return self.units.for_call(Call(actor=actor, correlation_id=uuid4()))

    def hear(self, *told: Event, at: datetime | None = None) -> None:
        """Let events arrive, each in a transaction of its own."""
        for event in told:
            self.hear_batch([event], at=at)

    def hear_batch(self, told: Sequence[Event], at: datetime | None = None) -> None:
        """Let events of one type arrive together."""
        service = told[0].name.partition(".")[0]
        deliveries = [
            Delivery(event, envelope_of(service, event, Trace.start(), at=at or self.clock()))
            for event in told
        ]
        handler = self._handlers.find(told[0].name)
        assert handler is not None
        with self.engine.begin() as connection:
            handler.run(connection, deliveries)

    def tick(self, day: date | None = None) -> None:
        """Let a day come, and the timer run on it."""
        if day is not None:
            self.clock.move(day)
        planning.plan_all(self.units)
        turning.turn_all(self.units)

    def listed(self, actor: Actor = OPERATOR, **wanted: str) -> tuple[o.Obligation, ...]:
        with self.call(actor) as work:
            return questions.list_obligations(work, o.ListObligations(**wanted)).items

    def quarter(self, school: str = SCHOOL) -> o.ObligationDetail:
        """The periodic report of the first quarter of 2024."""
        (found,) = self.listed(school=school, kind="periodic", period="2024-q1")
        with self.call() as work:
            return questions.get_obligation(
                work, o.GetObligation(obligation_id=found.obligation_id)
            )

    def submit(self, obligation_id: UUID, actor: Actor = HEAD) -> o.ObligationDetail:
        with self.call(actor) as work:
            request = o.SubmitReport(
                obligation_id=obligation_id, note="Gửi qua trục liên thông", holds=EVERY_PART
            )
            return commands.submit_report(work, request)

    def receive(self, obligation_id: UUID) -> o.ObligationDetail:
        with self.call(OFFICER) as work:
            return commands.receive_report(work, o.ReceiveReport(obligation_id=obligation_id))

    def give_back(self, obligation_id: UUID) -> o.ObligationDetail:
        with self.call(OFFICER) as work:
            request = o.ReturnReport(obligation_id=obligation_id, reason="Thiếu biểu số 2")
            return commands.return_report(work, request)

    def exempt(self, obligation_id: UUID) -> o.ObligationDetail:
        with self.call(OFFICER) as work:
            request = o.ExemptObligation(obligation_id=obligation_id, reason="Trường sửa chữa")
            return commands.exempt_obligation(work, request)

    def overview(self, actor: Actor = OPERATOR, period: str | None = None) -> f.Overview:
        with self.call(actor) as work:
            return overview.get_overview(work, f.GetOverview(period=period))

    def figures(self, actor: Actor = OPERATOR, school: str = SCHOOL) -> f.Figures:
        with self.call(actor) as work:
            return overview.get_figures(work, f.GetFigures(school=school))

    def told(self, name: str, obligation_id: UUID | None = None) -> list[Any]:
        """Return the rows of told events of a name, in order of occurrence."""
        query = select(events).where(events.c.type == name)
        if obligation_id is not None:
            query = query.where(events.c.data["obligation_id"].astext == str(obligation_id))
        with self.engine.connect() as connection:
            return list(
                connection.execute(query.order_by(events.c.occurred_at, events.c.recorded_at))
            )


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of reports, with its newest tables."""
    with lent("reports", postgres) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def empty(database: Database, clock: Clock) -> Iterator[Room]:
    """No school is known yet; it is 1 March 2024."""
    with migrated("reports", database) as engine:
        yield Room(engine, clock)


@pytest.fixture
def room(empty: Room) -> Room:
    """One school is registered."""
    empty.hear(registered())
    return empty


@pytest.fixture
def post() -> Post:
    """The mail server of one test."""
    return Post()
