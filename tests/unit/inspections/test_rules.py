"""Rules fire exactly when all their conditions hold, and say why."""

import operator
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events import EVENTS
from contracts.rpc.trigger_rules import Condition
from inspections.domain.rules import in_effect, judge, wrong_with
from tests.support.inspections import RULES, campaign_closed, demand

values = st.integers(-5, 5)
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
conditions = st.builds(
    Condition,
    field=st.sampled_from(("a", "b", "c")),
    operator=st.sampled_from(tuple(COMPARE)),
    value=values,
)


@given(
    st.lists(conditions, max_size=5),
    st.dictionaries(st.sampled_from(("a", "b", "c")), values, min_size=3),
    st.booleans(),
)
def test_all_conditions_must_hold(
    given_conditions: list[Condition], data: dict[str, int], enabled: bool
) -> None:
    rule = replace(RULES["improper-demand"], conditions=tuple(given_conditions), enabled=enabled)
    judgement = judge(rule, data)
    held = [COMPARE[c.operator](data[c.field], c.value) for c in given_conditions]
    assert judgement.fired == (enabled and all(held))
    assert [c.held for c in judgement.conditions] == held
    assert [c.actual for c in judgement.conditions] == [data[c.field] for c in given_conditions]


# A rule holds what a person can have written: contracts' `clean` refuses the rest.
written = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=3)
anything = st.one_of(st.none(), st.booleans(), values, written, st.lists(values, max_size=2))


@given(st.sampled_from((*COMPARE, "in")), anything, anything)
def test_values_without_an_order_never_break_a_judgement(
    name: str, value: object, actual: Any
) -> None:
    condition = Condition.model_validate({"field": "a", "operator": name, "value": value})
    rule = replace(RULES["improper-demand"], conditions=(condition,))
    assert judge(rule, {"a": actual}).fired in {True, False}


def test_every_demand_proposes_an_inspection() -> None:
    rule = RULES["improper-demand"]
    assert (rule.action, rule.working_days) == ("propose_inspection", 1)
    assert judge(rule, demand().payload()).fired
    assert judge(rule, demand(form="care", demand="other").payload()).fired


@pytest.mark.parametrize(
    ("changed", "fires"),
    [
        ({}, True),
        ({"verdict": "met"}, False),
        ({"verdict": "no_answers"}, False),
        ({"form": "care"}, False),
    ],
)
def test_the_target_is_of_the_handling_of_procedures(changed: dict[str, str], fires: bool) -> None:
    rule = RULES["below-target"]
    assert rule.action == "improvement_task"
    judgement = judge(rule, campaign_closed(**changed).payload())
    assert judgement.fired is fires
    assert [c.field for c in judgement.conditions if not c.held] == list(changed)


def test_the_newest_version_that_holds_today_judges() -> None:
    first = RULES["below-target"]
    second = replace(
        first, version=2, action="propose_inspection", effective_from=date(2024, 3, 10)
    )
    third = replace(second, version=3, enabled=False, effective_from=date(2024, 3, 20))
    versions = [third, first, second]
    assert in_effect(versions, date(2023, 12, 31)) == []
    assert in_effect(versions, date(2024, 3, 9)) == [first]
    assert in_effect(versions, date(2024, 3, 10)) == [second]
    assert in_effect(versions, date(2024, 3, 20)) == [third]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"field": "weather", "operator": "eq", "value": 1}, "unknown_field"),
        ({"field": "verdict", "operator": "in", "value": "met"}, "needs_list"),
        ({"field": "valid", "operator": "lt", "value": [1]}, "needs_number"),
        ({"field": "valid", "operator": "lt", "value": True}, "needs_number"),
        ({"field": "valid", "operator": "lt", "value": 30}, None),
        ({"field": "verdict", "operator": "in", "value": ["met", "not_met"]}, None),
    ],
)
def test_a_rule_that_could_never_work_is_refused(
    condition: dict[str, object], reason: str | None
) -> None:
    rule = replace(RULES["below-target"], conditions=(Condition.model_validate(condition),))
    assert wrong_with(rule, list(EVENTS[rule.event_type].model_fields)) == reason


def test_a_task_needs_a_campaign() -> None:
    rule = replace(RULES["petition-about-procedures"], action="improvement_task")
    assert wrong_with(rule, list(EVENTS[rule.event_type].model_fields)) == "needs_campaign"
