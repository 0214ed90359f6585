"""One transaction of surveys."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine

from chassis.clock import Clock
from chassis.moved_days import MovedDays
from chassis.unit_of_work import UnitOfWork, UnitsOfWork
from contracts.rpc.base import Actor
from messaging import Trace
from surveys.storage.batches import BatchRepository
from surveys.storage.campaigns import CampaignRepository
from surveys.storage.codes import CodeRepository
from surveys.storage.comments import CommentRepository
from surveys.storage.data_requests import DataRequestRepository
from surveys.storage.demands import DemandRepository
from surveys.storage.exemptions import ExemptionRepository
from surveys.storage.forms import FormRepository, Shelf
from surveys.storage.keeping import KeepingRepository
from surveys.storage.responses import ResponseRepository
from surveys.storage.results import ResultRepository
from surveys.storage.rules import RuleRepository
from surveys.storage.schools import SchoolRepository
from surveys.storage.tables import calendar_overrides


class SurveysUnitOfWork(UnitOfWork):
    """The repositories of surveys over one connection."""

    service = "surveys"

    def __init__(
        self, shelf: Shelf, connection: Connection, actor: Actor, trace: Trace, now: datetime
    ) -> None:
        super().__init__(connection, actor, trace, now)
        self.campaigns = CampaignRepository(connection)
        self.responses = ResponseRepository(connection)
        self.codes = CodeRepository(connection)
        self.batches = BatchRepository(connection)
        self.results = ResultRepository(connection)
        self.comments = CommentRepository(connection)
        self.demands = DemandRepository(connection)
        self.forms = FormRepository(connection, shelf)
        self.schools = SchoolRepository(connection)
        self.moved_days = MovedDays(connection, calendar_overrides)
        self.rules = RuleRepository(connection)
        self.exemptions = ExemptionRepository(connection)
        self.keeping = KeepingRepository(connection)
        self.data_requests = DataRequestRepository(connection)


Units = UnitsOfWork[SurveysUnitOfWork]


def open_units(engine: Engine, clock: Clock) -> Units:
    """Return what opens units of work; the forms that they read are kept on one shelf."""
    return UnitsOfWork(engine, clock, partial(SurveysUnitOfWork, Shelf()))
