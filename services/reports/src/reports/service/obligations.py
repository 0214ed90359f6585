"""Obligations, their way to the authority, and what the figures say."""

from chassis.rpc import remote
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc import preparing as p
from contracts.rpc.base import Call
from reports.application import commands, overview, questions
from reports.storage.unit_of_work import Units


class ObligationRpc:
    """Kinds, obligations, overview."""

    units: Units

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
    def withdraw_report(self, call: Call, request: p.WithdrawReport) -> o.ObligationDetail:
        with self.units.for_call(call) as work:
            return commands.withdraw_report(work, request)

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
    def get_overview(self, call: Call, request: f.GetOverview) -> f.Overview:
        with self.units.for_call(call) as work:
            return overview.get_overview(work, request)

    @remote
    def get_figures(self, call: Call, request: f.GetFigures) -> f.Figures:
        with self.units.for_call(call) as work:
            return overview.get_figures(work, request)
