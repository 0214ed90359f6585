"""Trigger rules: which events cause what, as data, each judgement with its reasons."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import JsonValue

from contracts.forms import Words
from contracts.rpc.trigger_rules import Action, CheckedCondition, Condition

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda actual, value: actual == value,
    "ne": lambda actual, value: actual != value,
    "lt": lambda actual, value: actual < value,
    "le": lambda actual, value: actual <= value,
    "gt": lambda actual, value: actual > value,
    "ge": lambda actual, value: actual >= value,
    "in": lambda actual, value: actual in value,
}


@dataclass(frozen=True)
class Rule:
    """One version of a rule. All conditions must hold (none: always), and it must be enabled.

    `working_days`: until the order of the inspection, or until the task is done.
    """

    code: str
    version: int
    words: Words
    event_type: str
    conditions: tuple[Condition, ...]
    action: Action
    working_days: int
    enabled: bool
    effective_from: date
    legal_basis: str


@dataclass(frozen=True)
class Judgement:
    """Whether a rule fired on an event, and which conditions held with which values."""

    rule: Rule
    fired: bool
    conditions: tuple[CheckedCondition, ...]


def judge(rule: Rule, data: Mapping[str, JsonValue]) -> Judgement:
    """Judge an event's data. Every condition is looked at, also after one that doesn't hold."""
    checked = tuple(_check(condition, data) for condition in rule.conditions)
    return Judgement(rule, rule.enabled and all(c.held for c in checked), checked)


def in_effect(versions: Iterable[Rule], today: date) -> list[Rule]:
    """Return the newest version of each rule that holds today, by code."""
    newest: dict[str, Rule] = {}
    for rule in sorted(versions, key=lambda one: one.version):
        if rule.effective_from <= today:
            newest[rule.code] = rule
    return [newest[code] for code in sorted(newest)]


def wrong_with(rule: Rule, fields: Sequence[str]) -> str | None:
    """Return why a rule can't be used with events that have these fields, or None.

    The reasons are codes: "unknown_field", "needs_list", "needs_number", "needs_campaign".
    """
    for condition in rule.conditions:
        if condition.field not in fields:
            return "unknown_field"
        if condition.operator == "in" and not isinstance(condition.value, list):
            return "needs_list"
        if condition.operator in {"lt", "le", "gt", "ge"} and not _is_ordered(condition.value):
            return "needs_number"
    if rule.action == "improvement_task" and "campaign_id" not in fields:
        return "needs_campaign"
    return None


def _check(condition: Condition, data: Mapping[str, JsonValue]) -> CheckedCondition:
    actual = data.get(condition.field)
    try:
        held = _COMPARE[condition.operator](actual, condition.value)
    except TypeError:  # values that have no order: the condition doesn't hold
        held = False
    return CheckedCondition(
        field=condition.field,
        operator=condition.operator,
        value=condition.value,
        actual=actual,
        held=held,
    )


def _is_ordered(value: object) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)
