"""One transaction of inspections."""

from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from chassis.clock import Clock
from chassis.moved_days import MovedDays
from chassis.unit_of_work import UnitOfWork, UnitsOfWork
from contracts.envelope import Envelope
from contracts.events.inspections import HandledAt
from contracts.rpc.base import SYSTEM, Actor
from inspections.domain.finding import Finding
from inspections.domain.inspection import Inspection
from inspections.domain.petition import Petition
from inspections.domain.remedy import Remedy
from inspections.domain.sides import side_of
from inspections.domain.task import ImprovementTask
from inspections.storage import tables
from inspections.storage.history import HistoryRepository
from inspections.storage.matters import Matters
from inspections.storage.rules import RuleRepository
from inspections.storage.schools import SchoolRepository
from inspections.storage.side_tables import calendar_overrides
from inspections.storage.standards import StandardRepository
from inspections.storage.tallies import TallyRepository
from inspections.storage.withdrawals import WithdrawalRepository
from messaging import Trace
from messaging.tables import events
from workdays import Calendar, Override


class InspectionsUnitOfWork(UnitOfWork):
    """The repositories of inspections over one connection."""

    service = "inspections"

    def __init__(self, connection: Connection, actor: Actor, trace: Trace, now: datetime) -> None:
        super().__init__(connection, actor, trace, now)
        self.inspections = Matters(connection, tables.inspections, Inspection)
        self.findings = Matters(connection, tables.findings, Finding)
        self.remedies = Matters(connection, tables.remedies, Remedy)
        self.tasks = Matters(connection, tables.improvement_tasks, ImprovementTask)
        self.petitions = Matters(connection, tables.petitions, Petition)
        self.history = HistoryRepository(connection)
        self.rules = RuleRepository(connection)
        self.schools = SchoolRepository(connection)
        self.moved_days = MovedDays(connection, calendar_overrides)
        self.standards = StandardRepository(connection)
        self.tallies = TallyRepository(connection)
        self.withdrawals = WithdrawalRepository(connection)

    @property
    def side(self) -> HandledAt:
        """The side on which the actor stands."""
        return side_of(self.actor.role)

    def following(self, envelope: Envelope) -> "InspectionsUnitOfWork":
        """Return the system's unit of work of the same transaction, for what follows from it."""
        return InspectionsUnitOfWork(self.connection, SYSTEM, Trace.following(envelope), self.now)

    def told_at(self, event_id: UUID | None) -> datetime:
        """Return when one of this service's own events became true."""
        query = select(events.c.occurred_at).where(events.c.id == event_id)
        moment: datetime = self.connection.execute(query).scalar_one()
        return moment

    @cached_property
    def calendar(self) -> Calendar:
        """The working days as they are known now."""
        return Calendar({day: Override(*said) for day, said in self.moved_days.all().items()})


Units = UnitsOfWork[InspectionsUnitOfWork]


def open_units(engine: Engine, clock: Clock) -> Units:
    """Return what opens units of work."""
    return UnitsOfWork(engine, clock, InspectionsUnitOfWork)
