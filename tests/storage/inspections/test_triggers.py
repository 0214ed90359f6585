"""Events meet the rules: what fires is done once, what doesn't is recorded as well."""

from collections import Counter
from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from contracts.events.surveys import ResponseSubmitted
from contracts.problems import Problem
from contracts.rpc.improvement import ListImprovementTasks
from contracts.rpc.trigger_rules import ChangeTriggerRule, Condition, ListTriggerRules
from inspections.application import ruling
from inspections.application.improving import list_tasks
from tests.storage.inspections.conftest import Room, at_once
from tests.support.inspections import (
    FOREIGN_OFFICER,
    HEAD,
    OFFICER,
    OTHER_HEAD,
    campaign_closed,
    demand,
)
from tests.support.schools import SCHOOL


def test_a_demand_proposes_an_inspection_and_says_why(room: Room) -> None:
    (envelope,) = room.happen(demand())
    (one,) = room.listed()
    assert (one.school, one.kind, one.state, one.rule) == (
        SCHOOL,
        "triggered",
        "proposed",
        "improper-demand",
    )
    assert (one.proposed_on, one.order_due_on) == (date(2024, 3, 4), date(2024, 3, 5))
    assert one.correlation_id == envelope.correlationid
    (told,) = room.told("inspections.inspection_proposed")
    assert told["causation_id"] == envelope.id
    assert told["correlation_id"] == envelope.correlationid
    assert told["data"]["trigger_event_id"] == str(envelope.id)
    (why,) = room.evaluations()
    assert (why.fired, why.outcome, why.inspection_id) == (True, "proposed", one.inspection_id)
    assert (why.event_id, why.rule_version) == (envelope.id, 1)


def test_a_rule_that_does_not_fire_is_recorded_with_its_reasons(room: Room) -> None:
    room.happen(campaign_closed(form="care", verdict="not_met"))
    (why,) = room.evaluations()
    assert (why.fired, why.outcome, why.inspection_id, why.task_id) == (False, "none", None, None)
    assert [(c.field, c.operator, c.value, c.actual, c.held) for c in why.conditions] == [
        ("form", "eq", "tthc", "care", False),
        ("verdict", "eq", "not_met", "not_met", True),
    ]
    assert room.listed() == ()


def test_a_campaign_below_its_target_gives_a_task(room: Room) -> None:
    event = campaign_closed()
    (envelope,) = room.happen(event)
    (task,) = room.ask(list_tasks, ListImprovementTasks()).items
    assert (task.campaign_id, task.state, task.due_on) == (
        event.campaign_id,
        "open",
        date(2024, 4, 1),
    )
    (told,) = room.told("inspections.improvement_task_assigned")
    assert told["causation_id"] == envelope.id
    (why,) = room.evaluations()
    assert (why.outcome, why.task_id) == ("task_assigned", task.task_id)


def test_a_second_demand_attaches_to_the_open_inspection(room: Room) -> None:
    first = demand()
    room.happen(first)
    room.happen(demand(campaign_id=first.campaign_id), demand(campaign_id=first.campaign_id))
    (one,) = room.listed()
    assert one.trigger_count == 3
    assert [t.attached for t in room.detail(one).triggers] == [False, True, True]
    assert Counter(e.outcome for e in room.evaluations()) == {"proposed": 1, "attached": 2}
    assert len(room.told("inspections.inspection_proposed")) == 1
    assert [s.step for s in room.detail(one).history] == ["proposed", "attached", "attached"]
    room.order(one)
    room.happen(demand())
    assert len(room.listed()) == 1, "an ordered one takes it up as well"


def test_many_demands_at_once_open_one_inspection(room: Room) -> None:
    results = at_once(*(partial(room.happen, demand()) for _ in range(12)))
    assert not [r for r in results if isinstance(r, Exception)]
    (one,) = room.listed()
    assert one.trigger_count == 12
    assert Counter(e.outcome for e in room.evaluations()) == {"proposed": 1, "attached": 11}
    assert len(room.told("inspections.inspection_proposed")) == 1


def test_another_school_and_another_rule_have_their_own(room: Room) -> None:
    room.happen(demand(), demand(school="cau-vong-giay"))
    room.happen(demand(concerns_head=True))
    assert Counter((one.school, one.handled_at) for one in room.listed()) == {
        (SCHOOL, "school"): 1,
        ("cau-vong-giay", "school"): 1,
        (SCHOOL, "superior"): 1,
    }


def test_what_concerns_the_head_is_hidden_from_the_school(room: Room) -> None:
    room.happen(demand(concerns_head=True))
    (one,) = room.listed()
    assert one.handled_at == "superior"
    assert room.listed(HEAD) == ()
    assert room.evaluations(HEAD) == ()
    for look in (room.detail, room.order):
        with pytest.raises(Problem) as refused:
            look(one, HEAD)
        assert refused.value.code == "resource.not_found"
    assert room.order(one, OFFICER).state == "ordered"


def test_foreign_schools_are_not_there(room: Room) -> None:
    room.happen(demand())
    (one,) = room.listed()
    for actor in (OTHER_HEAD, FOREIGN_OFFICER):
        assert room.listed(actor) == ()
        assert room.evaluations(actor) == ()
        with pytest.raises(Problem) as refused:
            room.detail(one, actor)
        assert refused.value.code == "resource.not_found"


def test_a_proposal_says_of_how_many_answers(room: Room) -> None:
    campaign = uuid4()
    answer = ResponseSubmitted(
        campaign_id=campaign, school=SCHOOL, form="tthc", source="web", day=date(2024, 3, 4)
    )
    room.happen(demand(campaign_id=campaign))
    room.happen(demand(campaign_id=campaign))
    results = at_once(*(partial(room.happen, *[answer] * 30) for _ in range(4)))
    assert not [r for r in results if isinstance(r, Exception)]
    (share,) = room.detail(room.listed()[0]).shares
    assert (share.campaign_id, share.reports, share.answers) == (campaign, 2, 120)


def test_the_district_switches_a_rule_to_propose_an_inspection(room: Room) -> None:
    change = ChangeTriggerRule(code="below-target", action="propose_inspection", working_days=3)
    changed = room.ask(ruling.change_rule, change, OFFICER)
    assert (changed.version, changed.effective_from) == (2, date(2024, 3, 4))
    room.happen(campaign_closed())
    (one,) = room.listed()
    assert (one.rule, one.order_due_on) == ("below-target", date(2024, 3, 7))
    rules = room.ask(lambda work, _: ruling.list_rules(work), ListTriggerRules(), OFFICER)
    assert {r.code: r.version for r in rules.items}["below-target"] == 2
    assert room.number("SELECT count(*) FROM audit_entries") == 1


def test_a_disabled_rule_is_recorded_as_such(room: Room) -> None:
    room.ask(ruling.change_rule, ChangeTriggerRule(code="improper-demand", enabled=False), OFFICER)
    room.happen(demand())
    (why,) = room.evaluations()
    assert (why.fired, why.rule_enabled, why.rule_version) == (False, False, 2)


def test_wrong_changes_of_a_rule_are_refused(room: Room) -> None:
    wrong = (
        (ChangeTriggerRule(code="nothing"), "resource.not_found"),
        (
            ChangeTriggerRule(code="below-target", effective_from=date(2024, 3, 3)),
            "inspections.rule_invalid",
        ),
        (
            ChangeTriggerRule(
                code="below-target",
                conditions=(Condition(field="weather", operator="eq", value=1),),
            ),
            "inspections.rule_invalid",
        ),
    )
    for change, code in wrong:
        with pytest.raises(Problem) as refused:
            room.ask(ruling.change_rule, change, OFFICER)
        assert refused.value.code == code
