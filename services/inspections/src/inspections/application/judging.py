"""Events meet the trigger rules: each is judged, the judgement kept, and what fires is done."""

from uuid import UUID, uuid4

from contracts.envelope import Envelope
from contracts.events import Event
from contracts.events.inspections import HandledAt
from inspections.application.improving import assign_task
from inspections.application.proposing import propose_by_rule
from inspections.domain.rules import Judgement, Rule, in_effect, judge
from inspections.domain.sides import handled_at
from inspections.storage.rules import Evaluation, Outcome
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def judge_event(work: InspectionsUnitOfWork, event: Event, envelope: Envelope) -> list[Evaluation]:
    """Judge an event by every rule for its type that holds today; returns the evaluations.

    State, events and evaluations stand in one transaction with the mark that the event was taken,
    so each event is judged once. What concerns the head is the level above's from here on.
    """
    side = handled_at(concerns_head=getattr(event, "concerns_head", False))
    rules = in_effect(work.rules.versions(envelope.type), work.today)
    return [_apply(work, judge(rule, event.payload()), event, envelope, side) for rule in rules]


def _apply(
    work: InspectionsUnitOfWork,
    judgement: Judgement,
    event: Event,
    envelope: Envelope,
    side: HandledAt,
) -> Evaluation:
    outcome, inspection_id, task_id = (
        _act(work, judgement.rule, event, envelope, side)
        if judgement.fired
        else ("none", None, None)
    )
    evaluation = Evaluation(
        id=uuid4(),
        event_id=envelope.id,
        event_type=envelope.type,
        occurred_at=envelope.time,
        evaluated_at=work.now,
        school=envelope.subject or "",
        handled_at=side,
        rule=judgement.rule.code,
        rule_version=judgement.rule.version,
        fired=judgement.fired,
        conditions=judgement.conditions,
        outcome=outcome,
        inspection_id=inspection_id,
        task_id=task_id,
        correlation_id=envelope.correlationid,
    )
    work.rules.keep(evaluation)
    return evaluation


def _act(
    work: InspectionsUnitOfWork, rule: Rule, event: Event, envelope: Envelope, side: HandledAt
) -> tuple[Outcome, UUID | None, UUID | None]:
    if rule.action == "improvement_task":
        return "task_assigned", None, assign_task(work, rule, event, side).id
    inspection, attached = propose_by_rule(work, rule, event, envelope, side)
    return "attached" if attached else "proposed", inspection.id, None
