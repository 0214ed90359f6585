"""RPC and timers of reports: decode → use case → encode; each room of it in a module."""

from nameko.timer import timer

from chassis import traces
from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from messaging import Messaging
from reports.application import converting, mailing, planning, reminding, turning
from reports.conversion import Converter
from reports.service.documents import DocumentRpc
from reports.service.obligations import ObligationRpc
from reports.service.oversight import OversightRpc
from reports.service.preparing import PreparingRpc
from reports.service.reckoning import ReckoningRpc
from reports.service.reminders import Outgoing, ReminderRpc
from reports.service.requests import RequestRpc
from reports.smtp import Mailer
from reports.storage.unit_of_work import Units


class ReportsService(
    ObligationRpc,
    PreparingRpc,
    DocumentRpc,
    RequestRpc,
    ReckoningRpc,
    OversightRpc,
    ReminderRpc,
):
    """What reports answers; each method is one transaction."""

    name = "reports"
    units: Units = Application()
    mailer: Mailer | None = Outgoing()
    messaging = Messaging()

    @timer(interval=1)  # type: ignore[untyped-decorator]  # nameko has no types
    def tick(self) -> None:
        """Plan the year ahead, then do what became due."""
        planning.plan_all(self.units)
        turning.turn_all(self.units)

    @timer(interval=1)  # type: ignore[untyped-decorator]  # nameko has no types
    def convert(self) -> None:
        """Make the PDFs that are waited for; the next tick waits until this one is over."""
        while converting.convert_next(self.units, Converter().convert):
            pass

    @timer(interval=1)  # type: ignore[untyped-decorator]  # nameko has no types
    def summarise(self) -> None:
        """Make the day's summaries of reminders."""
        reminding.summarise_day(self.units)

    @timer(interval=1)  # type: ignore[untyped-decorator]  # nameko has no types
    def mail(self) -> None:
        """Send mails until none may be tried or one fails; the next tick waits for the end."""
        while self.mailer is not None and mailing.send_next(self.units, self.mailer.send):
            pass

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.units.for_call(call) as work:
            return traces.read(work.connection, call.actor, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.units.for_call(call):
            return Empty()
