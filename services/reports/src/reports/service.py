"""RPC and timers of reports: decode → use case → encode."""

from eventlet import tpool
from nameko.timer import timer

from chassis import traces
from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc import documents as d
from contracts.rpc import drafts as dr
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc import preparing as p
from contracts.rpc import requests as r
from contracts.rpc import workdays as w
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from messaging import Messaging
from reports.application import (
    authorities,
    commands,
    converting,
    documents,
    drafting,
    overview,
    planning,
    preparing,
    questions,
    reckoning,
    request_replies,
    requesting,
    templates,
    turning,
)
from reports.conversion import Converter
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

    @timer(interval=1)  # type: ignore[untyped-decorator]  # nameko has no types
    def convert(self) -> None:
        """Make the PDFs that are waited for; the next tick waits until this one is over."""
        while converting.convert_next(self.units, Converter().convert):
            pass

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
    def get_draft(self, call: Call, request: dr.GetDraft) -> dr.Draft:
        with self.units.for_call(call) as work:
            return drafting.get_draft(work, request)

    @remote
    def get_figure_origin(self, call: Call, request: dr.GetFigureOrigin) -> dr.FigureOrigin:
        with self.units.for_call(call) as work:
            return drafting.get_figure_origin(work, request)

    @remote
    def correct_figure(self, call: Call, request: dr.CorrectFigure) -> dr.Draft:
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
    def add_working_days(self, call: Call, request: w.AddWorkingDays) -> w.WorkingDays:
        with self.units.for_call(call) as work:
            return reckoning.add_working_days(work, request)

    @remote
    def count_working_days(self, call: Call, request: w.CountWorkingDays) -> w.WorkingDays:
        with self.units.for_call(call) as work:
            return reckoning.count_working_days(work, request)

    @remote
    def get_window(self, call: Call, request: w.GetWindow) -> w.PeriodWindow:
        with self.units.for_call(call) as work:
            return reckoning.get_window(work, request)

    @remote
    def get_kind_deadline(self, call: Call, request: w.GetKindDeadline) -> w.KindDeadline:
        with self.units.for_call(call) as work:
            return reckoning.get_kind_deadline(work, request)

    @remote
    def make_request(self, call: Call, request: r.MakeRequest) -> r.DataRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.make_request(work, request)

    @remote
    def make_collection(self, call: Call, request: r.MakeCollection) -> r.DataRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.make_collection(work, request)

    @remote
    def list_requests(self, call: Call, request: r.ListRequests) -> r.DataRequests:
        with self.units.for_call(call) as work:
            return request_replies.list_requests(work, request)

    @remote
    def get_request(self, call: Call, request: r.GetRequest) -> r.DataRequestDetail:
        with self.units.for_call(call) as work:
            return request_replies.get_request(work, request)

    @remote
    def answer_request(self, call: Call, request: r.AnswerRequest) -> r.DataRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.answer_request(work, request)

    @remote
    def close_request(self, call: Call, request: r.CloseRequest) -> r.DataRequestDetail:
        with self.units.for_call(call) as work:
            return requesting.close_request(work, request)

    @remote
    def list_documents(self, call: Call, request: d.ListDocuments) -> d.Documents:
        with self.units.for_call(call) as work:
            return documents.list_documents(work, request)

    @remote
    def get_document(self, call: Call, request: d.GetDocument) -> d.Document:
        with self.units.for_call(call) as work:
            return documents.get_document(work, request)

    @remote
    def compose_document(self, call: Call, request: d.ComposeDocument) -> d.Document:
        with self.units.for_call(call) as work:
            return documents.compose_document(work, request)

    @remote
    def number_document(self, call: Call, request: d.NumberDocument) -> d.Document:
        with self.units.before_call(call) as work:
            made_of = documents.to_issue(work, request)
        # In a thread of the system: other calls go on meanwhile.
        docx = tpool.execute(documents.produce, made_of)
        with self.units.for_call(call) as work:
            return documents.issue(work, made_of, docx)

    @remote
    def get_document_file(self, call: Call, request: d.GetDocumentFile) -> d.DocumentFile:
        with self.units.for_call(call) as work:
            found = documents.to_give_out(work, request)
        if isinstance(found, d.DocumentFile):
            return found
        docx = tpool.execute(documents.produce, found)
        return documents.file_of(found.kept, request.format, docx)

    @remote
    def list_templates(self, call: Call, request: d.ListTemplates) -> d.Templates:
        with self.units.for_call(call) as work:
            return templates.list_templates(work, request)

    @remote
    def add_template(self, call: Call, request: d.AddTemplate) -> d.Template:
        with self.units.before_call(call) as work:
            templates.check_kind(work, request.kind)
        data = tpool.execute(templates.read_template, request)
        with self.units.for_call(call) as work:
            return templates.add_template(work, data, request)

    @remote
    def get_template_file(self, call: Call, request: d.GetTemplateFile) -> d.DocumentFile:
        with self.units.for_call(call) as work:
            return templates.get_template_file(work, request)

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.units.for_call(call) as work:
            return traces.read(work.connection, call.actor, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.units.for_call(call):
            return Empty()
