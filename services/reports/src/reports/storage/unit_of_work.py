"""One transaction of reports."""

from datetime import datetime
from functools import cached_property, partial

from sqlalchemy import Connection, Engine

from chassis.clock import Clock
from chassis.moved_days import MovedDays
from chassis.unit_of_work import UnitOfWork, UnitsOfWork
from contracts.rpc.base import Actor
from messaging import Trace
from reports.domain.kinds import Catalogue
from reports.storage.campaigns import CampaignRepository
from reports.storage.chronicle import ChronicleRepository
from reports.storage.documents import DocumentRepository
from reports.storage.drafts import DraftRepository
from reports.storage.matrix import MatrixRepository
from reports.storage.matters import MatterRepository
from reports.storage.moved_deadlines import MovedDeadlineRepository
from reports.storage.obligations import ObligationRepository
from reports.storage.preparations import PreparationRepository
from reports.storage.reminders import ReminderRepository
from reports.storage.requests import RequestRepository
from reports.storage.school_names import SchoolNameRepository
from reports.storage.schools import SchoolRepository
from reports.storage.signed_files import SignedFileRepository
from reports.storage.summary_mails import SummaryMailRepository
from reports.storage.superiors import SuperiorRepository
from reports.storage.tables import calendar_overrides
from reports.storage.templates import TemplateRepository
from workdays import Calendar, Override


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
        self.moved_days = MovedDays(connection, calendar_overrides)
        self.obligations = ObligationRepository(connection)
        self.requests = RequestRepository(connection)
        self.chronicle = ChronicleRepository(connection)
        self.preparations = PreparationRepository(connection)
        self.signed_files = SignedFileRepository(connection)
        self.drafts = DraftRepository(connection)
        self.campaigns = CampaignRepository(connection)
        self.matters = MatterRepository(connection)
        self.matrix = MatrixRepository(connection)
        self.documents = DocumentRepository(connection)
        self.templates = TemplateRepository(connection)
        self.moved_deadlines = MovedDeadlineRepository(connection)
        self.reminders = ReminderRepository(connection)
        self.summary_mails = SummaryMailRepository(connection)
        self.school_names = SchoolNameRepository(connection)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days as known when first asked in this transaction."""
        return Calendar({day: Override(*said) for day, said in self.moved_days.all().items()})


Units = UnitsOfWork[ReportsUnitOfWork]


def open_units(engine: Engine, clock: Clock, kinds: Catalogue) -> Units:
    """Return what opens units of work over these kinds of report."""
    return UnitsOfWork(engine, clock, partial(ReportsUnitOfWork, kinds))
