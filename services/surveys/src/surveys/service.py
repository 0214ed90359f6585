"""The RPC methods of surveys and its timer: decode, use case, encode."""

from nameko.timer import timer

from chassis import traces
from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc import surveys as m
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from messaging import Messaging
from surveys import metrics
from surveys.application import campaigns, closing, demands, planning, public, submitting, turning
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
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.units.for_call(call) as work:
            return traces.read(work.connection, call.actor, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.units.for_call(call):
            return Empty()
