"""The RPC methods of surveys and its timer: decode, use case, encode."""

from eventlet import tpool
from nameko.timer import timer

from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc import batches as b
from contracts.rpc import campaign_access as a
from contracts.rpc import campaign_rules as r
from contracts.rpc import forms as f
from contracts.rpc import receipts as c
from contracts.rpc import results as s
from contracts.rpc import surveys as m
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from contracts.rpc.comments import Comments, ListComments
from contracts.rpc.league import GetLeague, League
from contracts.rpc.public_results import (
    GetPublicResults,
    GetSchoolResults,
    PublicResults,
    SchoolResults,
)
from contracts.rpc.rows import GetRows, Rows
from messaging import Messaging
from surveys import metrics
from surveys.application import (
    access,
    batches,
    campaigns,
    chains,
    closing,
    comments,
    demands,
    exempting,
    forms,
    importing,
    league,
    planning,
    public,
    public_results,
    receipts,
    rescheduling,
    results,
    rows,
    rules,
    submitting,
    turning,
)
from surveys.personal_data import PersonalData
from surveys.storage.unit_of_work import Units

TICK_SECONDS = 1


class SurveysService(PersonalData):
    """Campaigns, answers, results; and what the law says of personal data."""

    name = "surveys"
    units: Units = Application()
    messaging = Messaging()

    @timer(interval=TICK_SECONDS)  # type: ignore[untyped-decorator]  # nameko has no types
    def tick(self) -> None:
        """Plan what the calendar wants, then open and close what is due."""
        planning.plan_all(self.units)
        turning.turn_all(self.units)

    @timer(interval=TICK_SECONDS)  # type: ignore[untyped-decorator]  # nameko has no types
    def store_files(self) -> None:
        """Store the files that were taken; campaigns open and close meanwhile."""
        for form, answers in importing.store_all(self.units):
            metrics.stored.labels(form, batches.PAPER).inc(answers)

    @remote
    def submit_responses(self, call: Call, request: m.SubmitResponses) -> m.Outcomes:
        with self.units.for_call(call) as work:
            batch = submitting.submit_responses(work, request.items)
        metrics.count_batch(batch.outcomes, batch.stored)
        return m.Outcomes(items=batch.outcomes)

    @remote
    def get_public_campaign(self, call: Call, request: m.GetPublicCampaign) -> m.PublicCampaign:
        with self.units.for_call(call) as work:
            return public.get_public_campaign(work, request)

    @remote
    def list_campaigns(self, call: Call, request: m.ListCampaigns) -> m.Campaigns:
        with self.units.for_call(call) as work:
            return campaigns.list_campaigns(work, request)

    @remote
    def get_campaign(self, call: Call, request: m.GetCampaign) -> m.CampaignDetail:
        with self.units.for_call(call) as work:
            return campaigns.get_campaign(work, request)

    @remote
    def create_campaign(self, call: Call, request: m.CreateCampaign) -> m.CampaignDetail:
        with self.units.for_call(call) as work:
            return campaigns.create_campaign(work, request)

    @remote
    def update_campaign(self, call: Call, request: m.UpdateCampaign) -> m.CampaignDetail:
        with self.units.for_call(call) as work:
            return campaigns.update_campaign(work, request)

    @remote
    def close_campaign(self, call: Call, request: m.CloseCampaign) -> m.CampaignDetail:
        with self.units.for_call(call) as work:
            return closing.close_campaign(work, request)

    @remote
    def set_campaign_days(self, call: Call, request: r.SetCampaignDays) -> m.CampaignDetail:
        with self.units.for_call(call) as work:
            return rescheduling.set_campaign_days(work, request)

    @remote
    def list_campaign_rules(self, call: Call, request: r.ListCampaignRules) -> r.CampaignRules:
        with self.units.for_call(call) as work:
            return rules.list_campaign_rules(work, request)

    @remote
    def set_campaign_rule(self, call: Call, request: r.SetCampaignRule) -> r.CampaignRule:
        with self.units.for_call(call) as work:
            return rules.set_campaign_rule(work, request)

    @remote
    def withdraw_campaign_rule(
        self, call: Call, request: r.WithdrawCampaignRule
    ) -> r.CampaignRules:
        with self.units.for_call(call) as work:
            return rules.withdraw_campaign_rule(work, request)

    @remote
    def set_care_length(self, call: Call, request: r.SetCareLength) -> r.CampaignRules:
        with self.units.for_call(call) as work:
            return rules.set_care_length(work, request)

    @remote
    def list_exemptions(self, call: Call, request: r.ListExemptions) -> r.Exemptions:
        with self.units.for_call(call) as work:
            return exempting.list_exemptions(work, request)

    @remote
    def exempt_school(self, call: Call, request: r.ExemptSchool) -> r.Exemption:
        with self.units.for_call(call) as work:
            return exempting.exempt_school(work, request)

    @remote
    def lift_exemption(self, call: Call, request: r.LiftExemption) -> r.Exemption:
        with self.units.for_call(call) as work:
            return exempting.lift_exemption(work, request)

    @remote
    def list_forms(self, call: Call, request: f.ListForms) -> f.Forms:
        with self.units.for_call(call) as work:
            return forms.list_forms(work, request)

    @remote
    def get_form(self, call: Call, request: f.GetForm) -> f.FormDetail:
        with self.units.for_call(call) as work:
            return forms.get_form(work, request)

    @remote
    def add_form(self, call: Call, request: f.AddForm) -> f.CheckedForm:
        with self.units.before_call(call):
            pass  # a command that was done is told as such, whatever file comes with it
        # In a thread of the system: other calls go on meanwhile.
        with metrics.counting(metrics.form_files_refused):
            read = tpool.execute(forms.read_file, request)
        with self.units.for_call(call) as work:
            return forms.add_form(work, read, request)

    @remote
    def get_form_file(self, call: Call, request: f.GetFormFile) -> f.FormFile:
        with self.units.for_call(call) as work:
            return forms.get_form_file(work, request)

    @remote
    def use_form(self, call: Call, request: f.UseForm) -> f.FormDetail:
        with self.units.for_call(call) as work:
            return forms.use_form(work, request)

    @remote
    def list_demands(self, call: Call, request: m.ListDemands) -> m.Demands:
        with self.units.for_call(call) as work:
            return demands.list_demands(work, request)

    @remote
    def get_demand(self, call: Call, request: m.GetDemand) -> m.DemandDetail:
        with self.units.for_call(call) as work:
            return demands.get_demand(work, request)

    @remote
    def get_campaign_access(self, call: Call, request: a.GetCampaignAccess) -> a.CampaignAccess:
        with self.units.for_call(call) as work:
            return access.get_access(work, request)

    @remote
    def change_campaign_access(
        self, call: Call, request: a.ChangeCampaignAccess
    ) -> a.CampaignAccess:
        with self.units.for_call(call) as work:
            return access.change_access(work, request)

    @remote
    def issue_codes(self, call: Call, request: a.IssueCodes) -> a.CampaignAccess:
        with self.units.for_call(call) as work:
            issued = access.issue_codes(work, request)
        metrics.codes_issued.inc(len(request.fingerprints))
        return issued

    @remote
    def enter_slips(self, call: Call, request: b.EnterSlips) -> b.Batch:
        with self.units.for_call(call) as work:
            entered = batches.enter_slips(work, request)
        metrics.stored.labels(entered.form, batches.PAPER).inc(entered.new)
        return entered.shown

    @remote
    def import_sheet(self, call: Call, request: b.ImportSheet) -> b.Batch:
        with self.units.before_call(call) as work:
            sheet = importing.open_sheet(work, request)
        # In another thread: thousands of rows would keep the hub from everybody else's calls.
        with metrics.counting(metrics.sheets_refused):
            slips = tpool.execute(importing.check_sheet, sheet)
        with self.units.for_call(call) as work:
            return importing.accept_sheet(work, request, slips)

    @remote
    def list_batches(self, call: Call, request: b.ListBatches) -> b.Batches:
        with self.units.for_call(call) as work:
            return batches.list_batches(work, request)

    @remote
    def get_batch(self, call: Call, request: b.GetBatch) -> b.Batch:
        with self.units.for_call(call) as work:
            return batches.get_batch(work, request)

    @remote
    def undo_batch(self, call: Call, request: b.UndoBatch) -> b.Batch:
        with self.units.for_call(call) as work:
            undone = batches.undo_batch(work, request)
        metrics.withdrawn.labels(undone.form).inc(undone.answers)
        return undone.shown

    @remote
    def get_public_receipt(self, call: Call, request: c.GetPublicReceipt) -> c.PublicReceipt:
        with self.units.for_call(call) as work:
            return receipts.get_public_receipt(work, request)

    @remote
    def get_results(self, call: Call, request: s.GetResults) -> s.CampaignResults:
        with self.units.for_call(call) as work:
            return results.get_results(work, request)

    @remote
    def get_signals(self, call: Call, request: s.GetSignals) -> s.Signals:
        with self.units.for_call(call) as work:
            return results.get_signals(work, request)

    @remote
    def list_comments(self, call: Call, request: ListComments) -> Comments:
        with self.units.for_call(call) as work:
            return comments.list_comments(work, request)

    @remote
    def get_rows(self, call: Call, request: GetRows) -> Rows:
        with self.units.for_call(call) as work:
            return rows.get_rows(work, request)

    @remote
    def get_league(self, call: Call, request: GetLeague) -> League:
        with self.units.for_call(call) as work:
            return league.get_league(work, request)

    @remote
    def get_public_results(self, call: Call, request: GetPublicResults) -> PublicResults:
        with self.units.for_call(call) as work:
            return public_results.get_public_results(work, request)

    @remote
    def get_school_results(self, call: Call, request: GetSchoolResults) -> SchoolResults:
        with self.units.for_call(call) as work:
            return public_results.get_school_results(work, request)

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.units.for_call(call) as work:
            return chains.trace(work, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.units.for_call(call):
            return Empty()
