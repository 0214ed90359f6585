"""Events in, proposals out: readable over RPC with the reasons, once however often it is told."""

from datetime import date
from uuid import uuid4

import pytest

from contracts.events.inspections import InspectionEscalated, InspectionProposed, RemedyOverdue
from contracts.events.surveys import ResponseSubmitted
from contracts.problems import Problem
from contracts.rpc import inspections as m
from contracts.rpc.improvement import ImprovementTasks, ListImprovementTasks
from contracts.rpc.remedies import AssignRemedy, ListRemedies, Remedies, Remedy
from tests.component.inspections.conftest import Inspections
from tests.support.eventually import eventually
from tests.support.inspections import (
    FOREIGN_OFFICER,
    HEAD,
    OFFICER,
    campaign_closed,
    demand,
    results,
)
from tests.support.schools import SCHOOL


def test_a_demand_proposes_an_inspection(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 4)
    envelope = inspections.surveys.tell(demand(), at=at)
    (one,) = inspections.proposed()
    assert (one.school, one.state, one.correlation_id) == (
        SCHOOL,
        "proposed",
        envelope.correlationid,
    )
    (why,) = inspections.evaluations()
    assert (why.event_id, why.fired, why.inspection_id) == (envelope.id, True, one.inspection_id)
    (told,) = inspections.reports.hear(InspectionProposed.name, 1)
    assert (told.causationid, told.correlationid) == (envelope.id, envelope.correlationid)
    assert one.school_title == "Trường Mầm non Hoa Cúc (thí dụ)"
    metrics = inspections.process.get("/metrics").text
    assert (
        'kipthoi_trigger_evaluations_total{outcome="proposed",rule="improper-demand"} 1.0'
        in metrics
    )
    eventually(
        lambda: (
            'kipthoi_inspections{state="proposed"} 1.0' in inspections.process.get("/metrics").text
        ),
        message="the gauge",
    )


def test_what_is_told_twice_happens_once(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 4)
    event = demand()
    envelope = inspections.surveys.tell(event, at=at)
    for _ in range(3):
        inspections.surveys.send(envelope)
    answer = ResponseSubmitted(
        campaign_id=event.campaign_id, school=SCHOOL, form="tthc", source="web", day=at.date()
    )
    for told in [inspections.surveys.tell(answer, at=at) for _ in range(40)]:
        inspections.surveys.send(told)
    (one,) = inspections.proposed()
    wanted = m.GetInspection(inspection_id=one.inspection_id)

    def detail() -> m.InspectionDetail:
        return inspections.rpc.call(
            "inspections.get_inspection", wanted, m.InspectionDetail, actor=HEAD
        )

    eventually(lambda: detail().shares[0].answers >= 40, message="the answers are counted")
    inspections.process.stop()  # what was prefetched is handled or given back
    inspections.process.start()
    eventually(
        lambda: inspections.number("SELECT count(*) FROM inbox") == 42,
        message="one school, one demand, forty answers",
    )
    (share,) = detail().shares
    assert (share.reports, share.answers, detail().trigger_count) == (1, 40, 1)
    assert len(inspections.evaluations()) == 1
    inspections.settled()


def test_a_campaign_below_its_target_gives_a_task(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 15)
    inspections.surveys.tell(campaign_closed(verdict="met"), at=at)
    below = campaign_closed()
    inspections.surveys.tell(below, at=at)

    def tasks() -> ImprovementTasks:
        return inspections.rpc.call(
            "inspections.list_improvement_tasks",
            ListImprovementTasks(school=SCHOOL),
            ImprovementTasks,
            actor=HEAD,
        )

    (task,) = eventually(lambda: tasks().items, message="the task")
    assert (task.campaign_id, task.due_on) == (below.campaign_id, date(2024, 4, 12))
    eventually(
        lambda: [e.fired for e in inspections.evaluations()].count(False) == 1,
        message="the rule that did not fire is on record",
    )


def test_what_concerns_the_head_is_hidden_from_the_principal(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 4)
    inspections.surveys.tell(demand(concerns_head=True), at=at)
    (one,) = inspections.proposed()
    assert one.handled_at == "superior"
    wanted = m.GetInspection(inspection_id=one.inspection_id)
    for actor in (HEAD, FOREIGN_OFFICER):
        assert inspections.listed(actor) == ()
        assert inspections.evaluations(actor) == ()
        with pytest.raises(Problem) as hidden:
            inspections.rpc.call(
                "inspections.get_inspection", wanted, m.InspectionDetail, actor=actor
            )
        assert hidden.value.code == "resource.not_found"


def test_weeks_in_one_jump(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 4)
    inspections.surveys.tell(demand(), at=at)
    (first,) = inspections.proposed()
    order = m.OrderInspection(inspection_id=first.inspection_id)
    ask = inspections.rpc.call
    ask("inspections.order_inspection", order, m.InspectionDetail, actor=HEAD)
    done = ask(
        "inspections.complete_inspection",
        m.CompleteInspection(
            inspection_id=first.inspection_id, results=results(m.CheckedItem(item="K1", met=False))
        ),
        m.InspectionDetail,
        actor=HEAD,
    )
    remedy = AssignRemedy(
        finding_id=done.findings[0].finding_id, kind="posting", description="Bổ sung"
    )
    ask("inspections.assign_remedy", remedy, Remedy, actor=HEAD)
    inspections.surveys.tell(demand(campaign_id=uuid4()), at=at)
    inspections.proposed(2)
    inspections.move_clock(2024, 5, 20)

    (escalated,) = inspections.reports.hear(InspectionEscalated.name, 1)
    assert escalated.data["escalated_on"] == "2024-03-06"
    (overdue,) = inspections.reports.hear(RemedyOverdue.name, 1)
    assert overdue.data["due_on"] == "2024-03-07"
    (late,) = ask("inspections.list_remedies", ListRemedies(), Remedies, actor=OFFICER).items
    assert (late.state, late.late_working_days > 40) == ("overdue", True)
    inspections.process.kill()
    inspections.process.start()
    inspections.settled()
    assert len(inspections.reports.hear(RemedyOverdue.name, 1)) == 1
    assert len(inspections.reports.hear(InspectionEscalated.name, 1)) == 1
