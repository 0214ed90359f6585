"""One transaction of reports."""

from datetime import datetime
from functools import cached_property, partial

from sqlalchemy import Connection, Engine

from chassis.clock import Clock
from chassis.unit_of_work import UnitOfWork, UnitsOfWork
from contracts.rpc.base import Actor
from messaging import Trace
from reports.domain.kinds import Catalogue
from reports.storage.calendar_days import CalendarRepository
from reports.storage.campaigns import CampaignRepository
from reports.storage.chronicle import ChronicleRepository
from reports.storage.matters import MatterRepository
from reports.storage.obligations import ObligationRepository
from reports.storage.schools import SchoolRepository
from reports.storage.superiors import SuperiorRepository
from workdays import Calendar


class ReportsUnitOfWork(UnitOfWork):
    """The repositories of reports over one connection, and the kinds in all versions."""

    service = "reports"

    def __init__(
        self, kinds: Catalogue, connection: Connection, actor: Actor, trace: Trace, now: datetime
    ) -> None:
        super().__init__(connection, actor, trace, now)
        self.kinds = kinds
        self.schools = SchoolRepository(connection)
        self.superiors = SuperiorRepository(connection)
        self.overrides = CalendarRepository(connection)
        self.obligations = ObligationRepository(connection)
        self.chronicle = ChronicleRepository(connection)
        self.campaigns = CampaignRepository(connection)
        self.matters = MatterRepository(connection)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days as known when first asked in this transaction."""
        return self.overrides.calendar()


Units = UnitsOfWork[ReportsUnitOfWork]


def open_units(engine: Engine, clock: Clock, kinds: Catalogue) -> Units:
    """Return what opens units of work over these kinds of report."""
    return UnitsOfWork(engine, clock, partial(ReportsUnitOfWork, kinds))
