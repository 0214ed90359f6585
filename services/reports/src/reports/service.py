"""RPC and timers of reports: decode → use case → encode."""

from nameko.timer import timer

from chassis import traces
from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc import drafts as d
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc import preparing as p
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from messaging import Messaging
from reports.application import (
    authorities,
    commands,
    drafting,
    overview,
    planning,
    preparing,
    questions,
    turning,
)
from reports.storage.unit_of_work import Units


class ReportsService:
    """What reports answers; each method is one transaction."""

    name = "reports"
    units: Units = Application()
    messaging = Messaging()

    @timer(interval=1)  # type: ignore[untyped-decorator]  # nameko has no types
    def tick(self) -> None:
        """Plan the year ahead, then do what became due."""
        planning.plan_all(self.units)
        turning.turn_all(self.units)

    @remote
    def list_kinds(self, call: Call, request: o.ListKinds) -> o.Kinds:
        with self.units.for_call(call) as work:
            return questions.list_kinds(work, request)

    @remote
    def list_obligations(self, call: Call, request: o.ListObligations) -> o.Obligations:
        with self.units.for_call(call) as work:
            return questions.list_obligations(work, request)

    @remote
    def get_obligation(self, call: Call, request: o.GetObligation) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return questions.get_obligation(work, request)

    @remote
    def submit_report(self, call: Call, request: o.SubmitReport) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return commands.submit_report(work, request)

    @remote
    def receive_report(self, call: Call, request: o.ReceiveReport) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return commands.receive_report(work, request)

    @remote
    def return_report(self, call: Call, request: o.ReturnReport) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return commands.return_report(work, request)

    @remote
    def exempt_obligation(self, call: Call, request: o.ExemptObligation) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return commands.exempt_obligation(work, request)

    @remote
    def begin_draft(self, call: Call, request: p.BeginDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.begin_draft(work, request)

    @remote
    def hand_in_draft(self, call: Call, request: p.HandInDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.hand_in_draft(work, request)

    @remote
    def give_back_draft(self, call: Call, request: p.GiveBackDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.give_back_draft(work, request)

    @remote
    def approve_draft(self, call: Call, request: p.ApproveDraft) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.approve_draft(work, request)

    @remote
    def withdraw_report(self, call: Call, request: p.WithdrawReport) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return commands.withdraw_report(work, request)

    @remote
    def record_sent(self, call: Call, request: p.RecordSent) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return preparing.record_sent(work, request)

    @remote
    def get_signed_file(self, call: Call, request: p.GetSignedFile) -> p.SignedFileContent:
        with self.units.for_call(call) as work:
            return preparing.get_signed_file(work, request)

    @remote
    def list_signing_authorities(
        self, call: Call, request: p.ListSigningAuthorities
    ) -> p.SigningAuthorities:
        with self.units.for_call(call) as work:
            return authorities.list_signing_authorities(work, request)

    @remote
    def authorise_deputy(self, call: Call, request: p.AuthoriseDeputy) -> p.SigningAuthority:
        with self.units.for_call(call) as work:
            return authorities.authorise_deputy(work, request)

    @remote
    def end_signing_authority(
        self, call: Call, request: p.EndSigningAuthority
    ) -> p.SigningAuthority:
        with self.units.for_call(call) as work:
            return authorities.end_signing_authority(work, request)

    @remote
    def get_draft(self, call: Call, request: d.GetDraft) -> d.Draft:
        with self.units.for_call(call) as work:
            return drafting.get_draft(work, request)

    @remote
    def get_figure_origin(self, call: Call, request: d.GetFigureOrigin) -> d.FigureOrigin:
        with self.units.for_call(call) as work:
            return drafting.get_figure_origin(work, request)

    @remote
    def correct_figure(self, call: Call, request: d.CorrectFigure) -> d.Draft:
        with self.units.for_call(call) as work:
            return drafting.correct_figure(work, request)

    @remote
    def get_overview(self, call: Call, request: f.GetOverview) -> f.Overview:
        with self.units.for_call(call) as work:
            return overview.get_overview(work, request)

    @remote
    def get_figures(self, call: Call, request: f.GetFigures) -> f.Figures:
        with self.units.for_call(call) as work:
            return overview.get_figures(work, request)

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.units.for_call(call) as work:
            return traces.read(work.connection, call.actor, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.units.for_call(call):
            return Empty()
