"""One transaction of directory."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine

from chassis.clock import Clock, real_clock
from chassis.unit_of_work import UnitOfWork, UnitsOfWork
from contracts.rpc.base import Actor
from directory.storage.accounts import AccountRepository
from directory.storage.attempts import AttemptRepository
from directory.storage.calendar import CalendarRepository
from directory.storage.keys import KeyRepository
from directory.storage.plans import PlanRepository
from directory.storage.schools import SchoolRepository
from directory.storage.scopes import Reach, ScopeRepository
from directory.storage.sessions import SessionRepository
from directory.storage.units import UnitRepository
from messaging import Trace


class DirectoryUnitOfWork(UnitOfWork):
    """The repositories of directory over one connection.

    `real_now` is the time of sessions, attempts and keys; `today` that of hierarchies.
    """

    service = "directory"

    def __init__(
        self, real: Clock, connection: Connection, actor: Actor, trace: Trace, now: datetime
    ) -> None:
        super().__init__(connection, actor, trace, now)
        self.real_now = real()
        self.units = UnitRepository(connection)
        self.schools = SchoolRepository(connection)
        self.plans = PlanRepository(connection)
        self.calendar = CalendarRepository(connection)
        self.accounts = AccountRepository(connection)
        self.sessions = SessionRepository(connection)
        self.attempts = AttemptRepository(connection)
        self.keys = KeyRepository(connection)
        self.scopes = ScopeRepository(connection, self.today)

    def reach(self) -> Reach:
        """Return the codes of units and schools that the actor's role reaches today."""
        return self.scopes.reach(self.actor.role, self.actor.unit)


Units = UnitsOfWork[DirectoryUnitOfWork]


def open_units(engine: Engine, clock: Clock, real: Clock = real_clock) -> Units:
    """Return what opens units of work; `real` is the clock that nobody moves."""
    return UnitsOfWork(engine, clock, partial(DirectoryUnitOfWork, real))
