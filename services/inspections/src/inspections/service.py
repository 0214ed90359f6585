"""The RPC methods of inspections and its timer: decode, use case, encode."""

from nameko.timer import timer

from chassis.process import Application
from chassis.rpc import remote
from contracts.rpc import duty as d
from contracts.rpc import improvement as t
from contracts.rpc import inspections as i
from contracts.rpc import petitions as p
from contracts.rpc import receipts as f
from contracts.rpc import remedies as r
from contracts.rpc import trigger_rules as u
from contracts.rpc.base import Call, Empty, Ping, TraceReply, TraceRequest
from inspections.application import (
    asking,
    completing,
    following_up,
    improving,
    inspecting,
    lapsing,
    petitions,
    remedying,
    ruling,
)
from inspections.storage.unit_of_work import Units
from messaging import Messaging

TICK_SECONDS = 1


class InspectionsService:
    """Inspections, findings, remedies, improvement tasks, petitions, and the rules behind them."""

    name = "inspections"
    units: Units = Application()
    messaging = Messaging()

    @timer(interval=TICK_SECONDS)  # type: ignore[untyped-decorator]  # nameko has no types
    def tick(self) -> None:
        """Let lapse whose day is over."""
        lapsing.lapse_all(self.units)

    @remote
    def list_inspections(self, call: Call, request: i.ListInspections) -> i.Inspections:
        with self.units.for_call(call) as work:
            return asking.list_inspections(work, request)

    @remote
    def get_inspection(self, call: Call, request: i.GetInspection) -> i.InspectionDetail:
        with self.units.for_call(call) as work:
            return asking.get_inspection(work, request)

    @remote
    def create_inspection(self, call: Call, request: i.CreateInspection) -> i.InspectionDetail:
        with self.units.for_call(call) as work:
            return inspecting.create_inspection(work, request)

    @remote
    def order_inspection(self, call: Call, request: i.OrderInspection) -> i.InspectionDetail:
        with self.units.for_call(call) as work:
            return inspecting.order_inspection(work, request)

    @remote
    def dismiss_inspection(self, call: Call, request: i.DismissInspection) -> i.InspectionDetail:
        with self.units.for_call(call) as work:
            return inspecting.dismiss_inspection(work, request)

    @remote
    def complete_inspection(self, call: Call, request: i.CompleteInspection) -> i.InspectionDetail:
        with self.units.for_call(call) as work:
            return completing.complete_inspection(work, request)

    @remote
    def list_remedies(self, call: Call, request: r.ListRemedies) -> r.Remedies:
        with self.units.for_call(call) as work:
            return remedying.list_remedies(work, request)

    @remote
    def assign_remedy(self, call: Call, request: r.AssignRemedy) -> r.Remedy:
        with self.units.for_call(call) as work:
            return remedying.assign_remedy(work, request)

    @remote
    def close_remedy(self, call: Call, request: r.CloseRemedy) -> r.Remedy:
        with self.units.for_call(call) as work:
            return remedying.close_remedy(work, request)

    @remote
    def list_evaluations(self, call: Call, request: u.ListEvaluations) -> u.Evaluations:
        with self.units.for_call(call) as work:
            return asking.list_evaluations(work, request)

    @remote
    def list_trigger_rules(self, call: Call, request: u.ListTriggerRules) -> u.TriggerRules:
        with self.units.for_call(call) as work:
            return ruling.list_rules(work)

    @remote
    def change_trigger_rule(self, call: Call, request: u.ChangeTriggerRule) -> u.TriggerRule:
        with self.units.for_call(call) as work:
            return ruling.change_rule(work, request)

    @remote
    def list_improvement_tasks(
        self, call: Call, request: t.ListImprovementTasks
    ) -> t.ImprovementTasks:
        with self.units.for_call(call) as work:
            return improving.list_tasks(work, request)

    @remote
    def close_improvement_task(
        self, call: Call, request: t.CloseImprovementTask
    ) -> t.ImprovementTask:
        with self.units.for_call(call) as work:
            return improving.close_task(work, request)

    @remote
    def get_checklist(self, call: Call, request: d.GetChecklist) -> d.Checklist:
        with self.units.for_call(call) as work:
            return asking.get_checklist(work)

    @remote
    def get_duty_ratio(self, call: Call, request: d.GetDutyRatio) -> d.DutyRatios:
        with self.units.for_call(call) as work:
            return asking.get_duty_ratio(work, request)

    @remote
    def submit_petition(self, call: Call, request: p.SubmitPetition) -> p.PetitionReceipt:
        with self.units.for_call(call) as work:
            return petitions.submit_petition(work, request)

    @remote
    def receive_petition(self, call: Call, request: p.ReceivePetition) -> p.Petition:
        with self.units.for_call(call) as work:
            return petitions.receive_petition(work, request)

    @remote
    def get_public_petition(self, call: Call, request: p.GetPublicPetition) -> p.PublicPetition:
        with self.units.for_call(call) as work:
            return petitions.get_public_petition(work, request)

    @remote
    def list_petitions(self, call: Call, request: p.ListPetitions) -> p.Petitions:
        with self.units.for_call(call) as work:
            return petitions.list_petitions(work, request)

    @remote
    def answer_petition(self, call: Call, request: p.AnswerPetition) -> p.Petition:
        with self.units.for_call(call) as work:
            return petitions.answer_petition(work, request)

    @remote
    def get_public_follow_up(self, call: Call, request: f.GetPublicFollowUp) -> f.PublicFollowUp:
        with self.units.for_call(call) as work:
            return following_up.get_public_follow_up(work, request)

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        with self.units.for_call(call) as work:
            return asking.trace(work, request)

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        with self.units.for_call(call):
            return Empty()
