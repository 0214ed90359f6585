"""Inspections in every state, and why the rules fired."""

from datetime import UTC, date, datetime

from contracts.problems import Problem
from contracts.rpc.base import Empty
from contracts.rpc.inspections import (
    CampaignShare,
    Inspection,
    InspectionDetail,
    Inspections,
    InspectionState,
    ItemResult,
    Step,
    StepKind,
    Trigger,
)
from contracts.rpc.trigger_rules import CheckedCondition, Evaluation, Evaluations
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample import remedies, surveys, traces
from tests.dashboard.sample.checklist import CHECKLIST, both
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import OWN, TITLES, in_scope

DAY = date(2024, 3, 5)
EIGHT = datetime(2024, 3, 5, 8, 0, tzinfo=UTC)
STEPS: dict[InspectionState, tuple[StepKind, ...]] = {
    "proposed": ("proposed", "attached"),
    "escalated": ("proposed", "escalated"),
    "ordered": ("proposed", "ordered"),
    "completed": ("proposed", "ordered", "completed"),
    "dismissed": ("proposed", "dismissed"),
}


def inspection(
    name: str, school: str, state: InspectionState, *, by_rule: bool
) -> InspectionDetail:
    """An inspection in one state; the completed one has two findings."""
    ended, found = state == "completed", list(remedies.FINDINGS) if state == "completed" else []
    unmet = {finding.item for finding in found}
    return InspectionDetail(
        inspection_id=made(name),
        school=school,
        school_title=TITLES[school],
        kind="triggered" if by_rule else "surprise",
        state=state,
        handled_at="superior" if state == "escalated" else "school",
        rule="improper-demand" if by_rule else None,
        proposed_on=date(2024, 3, 19 if state == "proposed" else 5),
        order_due_on=date(2024, 3, 20 if state == "proposed" else 6),
        escalated_on=date(2024, 3, 7) if state == "escalated" else None,
        ordered_on=date(2024, 3, 6) if state in {"ordered", "completed"} else None,
        decision_number="05/QĐ-CVG" if state in {"ordered", "completed"} else None,
        dismissed_on=date(2024, 3, 6) if state == "dismissed" else None,
        completed_on=date(2024, 3, 7) if ended else None,
        trigger_count=int(by_rule),
        finding_count=len(found),
        open_remedies=sum(r.state != "closed" for f in found for r in f.remedies),
        correlation_id=traces.MATTER,
        version=2,
        note="" if by_rule else "Kiểm tra công vụ tháng 3 (thí dụ).",
        reason="Đã làm rõ với phụ huynh (thí dụ)." if state == "dismissed" else None,
        due_changes=(remedies.MOVED,) if state == "proposed" else (),
        triggers=(_trigger(),) if by_rule else (),
        shares=_shares() if by_rule else (),
        checklist=tuple(
            ItemResult(
                item=item.code,
                words=item.words,
                met=item.code not in unmet,
                note=remedies.NOTE if item.code in unmet else "",
            )
            for item in CHECKLIST.items
        )
        if ended
        else (),
        findings=tuple(found),
        history=tuple(_step(step, by_rule=by_rule) for step in STEPS[state]),
    )


def _step(step: StepKind, *, by_rule: bool) -> Step:
    by_itself = step in {"attached", "escalated"} or (step == "proposed" and by_rule)
    return Step(
        step=step,
        on=DAY,
        at=None if by_itself else EIGHT,
        role="system" if by_itself else "principal",
        event_id=None,
    )


def _trigger() -> Trigger:
    return Trigger(
        event_id=made("matter 0"),
        event_type="surveys.improper_demand_reported",
        occurred_on=DAY,
        rule="improper-demand",
        rule_version=1,
        attached=False,
        campaign_id=surveys.CAMPAIGNS[2].campaign_id,
        demand="fee",
        correlation_id=traces.MATTER,
    )


def _shares() -> tuple[CampaignShare, ...]:
    return (CampaignShare(campaign_id=surveys.CAMPAIGNS[2].campaign_id, reports=1, answers=168),)


ALL = [
    inspection("proposed", OWN, "proposed", by_rule=True),
    inspection("escalated", "dam-may-tim", "escalated", by_rule=True),
    inspection("ordered", OWN, "ordered", by_rule=False),
    inspection("inspection", OWN, "completed", by_rule=True),
    inspection("dismissed", "hoa-hong-mau", "dismissed", by_rule=True),
]
PROPOSED, ESCALATED, ORDERED, COMPLETED, DISMISSED = (str(one.inspection_id) for one in ALL)

FIRED = Evaluation(
    evaluation_id=made("fired"),
    rule="improper-demand",
    rule_version=1,
    rule_words=both(
        "Phụ huynh phản ánh bị yêu cầu giấy tờ hoặc khoản thu không đúng quy định",
        "A parent reports papers or fees demanded against the rules",
    ),
    rule_enabled=True,
    event_id=made("matter 0"),
    event_type="surveys.improper_demand_reported",
    occurred_on=DAY,
    evaluated_on=DAY,
    school=OWN,
    fired=True,
    conditions=(),
    outcome="proposed",
    inspection_id=made("proposed"),
    task_id=None,
    correlation_id=traces.MATTER,
)
NOT_FIRED = FIRED.model_copy(
    update={
        "evaluation_id": made("not fired"),
        "rule": "below-target",
        "rule_words": both(
            "Đợt khảo sát giải quyết TTHC kết thúc dưới chỉ tiêu",
            "A survey on the handling of procedures closed below its target",
        ),
        "event_type": "surveys.campaign_closed",
        "fired": False,
        "conditions": (
            CheckedCondition(field="form", operator="eq", value="tthc", actual="tthc", held=True),
            CheckedCondition(
                field="verdict", operator="eq", value="not_met", actual="met", held=False
            ),
        ),
        "outcome": "none",
        "inspection_id": None,
    }
)
BY_PETITION = FIRED.model_copy(
    update={
        "evaluation_id": made("petition fired"),
        "rule": "petition-about-procedures",
        "rule_words": both(
            "Phản ánh, kiến nghị liên quan đến thủ tục hành chính",
            "A petition about administrative procedures",
        ),
        "event_type": "inspections.petition_received",
        "conditions": (
            CheckedCondition(
                field="kind", operator="eq", value="petition", actual="petition", held=True
            ),
            CheckedCondition(
                field="about_procedures", operator="eq", value=True, actual=True, held=True
            ),
        ),
        "outcome": "attached",
    }
)


def list_inspections(asked: Asked) -> Inspections:
    found = [
        Inspection(**one.model_dump())
        for one in ALL
        if in_scope(asked, one.school) and asked.query.get("state") in (None, one.state)
    ]
    return Inspections(items=tuple(found))


def get_inspection(asked: Asked) -> InspectionDetail:
    for one in ALL:
        if str(one.inspection_id) == asked.path["inspection_id"] and in_scope(asked, one.school):
            return one
    raise Problem("resource.not_found")


def list_evaluations(asked: Asked) -> Evaluations:
    every = (FIRED, BY_PETITION, NOT_FIRED)
    fired = [e for e in every if e.fired or asked.query.get("fired") != "true"]
    return Evaluations(items=tuple(e for e in fired if in_scope(asked, e.school)))


ROUTES: dict[str, Route] = {
    "GET /inspections": list_inspections,
    "GET /inspections/{inspection_id}": get_inspection,
    "POST /inspections": lambda _: Empty(),
    "POST /inspections/{inspection_id}/order": lambda _: Empty(),
    "POST /inspections/{inspection_id}/dismiss": lambda _: Empty(),
    "POST /inspections/{inspection_id}/complete": lambda _: Empty(),
    "GET /evaluations": list_evaluations,
    "GET /checklist": lambda _: CHECKLIST,
}
