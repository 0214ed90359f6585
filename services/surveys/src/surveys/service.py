"""The RPC methods of surveys and its timer: decode, use case, encode."""

from nameko.timer import timer

from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc import results as r
from contracts.rpc import surveys as m
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from messaging import Messaging
from surveys import metrics
from surveys.application import (
    campaigns,
    chains,
    closing,
    comments,
    demands,
    league,
    planning,
    public,
    public_results,
    results,
    rows,
    submitting,
    turning,
)
from surveys.storage.unit_of_work import Units

TICK_SECONDS = 1


class SurveysService:
    """Campaigns, answers, results."""

    name = "surveys"
    units: Units = Application()
    messaging = Messaging()

    @timer(interval=TICK_SECONDS)  # type: ignore[untyped-decorator]  # nameko has no types
    def tick(self) -> None:
        """Plan what the calendar wants, then open and close what is due."""
        planning.plan_all(self.units)
        turning.turn_all(self.units)

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
    def list_demands(self, call: Call, request: m.ListDemands) -> m.Demands:
        with self.units.for_call(call) as work:
            return demands.list_demands(work, request)

    @remote
    def get_demand(self, call: Call, request: m.GetDemand) -> m.DemandDetail:
        with self.units.for_call(call) as work:
            return demands.get_demand(work, request)

    @remote
    def get_results(self, call: Call, request: r.GetResults) -> r.CampaignResults:
        with self.units.for_call(call) as work:
            return results.get_results(work, request)

    @remote
    def get_signals(self, call: Call, request: r.GetSignals) -> r.Signals:
        with self.units.for_call(call) as work:
            return results.get_signals(work, request)

    @remote
    def list_comments(self, call: Call, request: r.ListComments) -> r.Comments:
        with self.units.for_call(call) as work:
            return comments.list_comments(work, request)

    @remote
    def get_rows(self, call: Call, request: r.GetRows) -> r.Rows:
        with self.units.for_call(call) as work:
            return rows.get_rows(work, request)

    @remote
    def get_league(self, call: Call, request: r.GetLeague) -> r.League:
        with self.units.for_call(call) as work:
            return league.get_league(work, request)

    @remote
    def get_public_results(self, call: Call, request: r.GetPublicResults) -> r.PublicResults:
        with self.units.for_call(call) as work:
            return public_results.get_public_results(work, request)

    @remote
    def get_school_results(self, call: Call, request: r.GetSchoolResults) -> r.SchoolResults:
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
