"""Questions and commands about trigger rules, and why they fired or not."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, FiniteFloat, JsonValue, StrictBool, StrictInt, StringConstraints

from contracts.days import Day
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Said, Short

declare({"inspections.rule_invalid": 422})  # params: reason

Action = Literal["propose_inspection", "improvement_task"]
RuleCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
Scalar = StrictBool | StrictInt | FiniteFloat | Short | None


class Condition(Model):
    """A condition of a rule: a field of the event's data compared with a value."""

    field: str = Field(pattern=r"^[a-z_]{1,40}$")
    operator: Literal["eq", "ne", "lt", "le", "gt", "ge", "in"]
    value: Scalar | Annotated[list[Scalar], Field(max_length=50)]


class CheckedCondition(Condition):
    """A condition with what the event held, and whether the condition held then."""

    actual: JsonValue
    held: bool


class TriggerRule(Model):
    """A rule in one of its versions: events of a type that meet all conditions cause an action."""

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


class TriggerRules(Model):
    """The newest version of each rule."""

    items: tuple[TriggerRule, ...]


class ListTriggerRules(Request):
    """`list_trigger_rules`."""


class ChangeTriggerRule(Request):
    """`change_trigger_rule` → `TriggerRule`: a new version, from `effective_from` (None: today).

    What is None stays. `working_days`: until the order, or to do the task. Raises
    `resource.not_found`, `inspections.rule_invalid`.
    """

    code: RuleCode
    action: Action | None = None
    enabled: StrictBool | None = None
    conditions: tuple[Condition, ...] | None = Field(default=None, max_length=20)
    working_days: StrictInt | None = Field(default=None, ge=1, le=250)
    effective_from: Day | None = None
    legal_basis: Said | None = None


class Evaluation(Model):
    """One rule judged one event: fired or not, and why.

    `outcome`: what it did; "attached" joined an inspection that was open already.
    """

    evaluation_id: UUID
    rule: str
    rule_version: int
    rule_words: Words
    rule_enabled: bool
    event_id: UUID
    event_type: str
    occurred_on: date
    evaluated_on: date
    school: SchoolCode
    fired: bool
    conditions: tuple[CheckedCondition, ...]
    outcome: Literal["none", "proposed", "attached", "task_assigned"]
    inspection_id: UUID | None
    task_id: UUID | None
    correlation_id: UUID


class Evaluations(Model):
    """Evaluations, newest first."""

    items: tuple[Evaluation, ...]


class ListEvaluations(Request):
    """`list_evaluations` in the actor's scope, the newest 500 at most."""

    school: SchoolCode | None = None
    fired: StrictBool | None = None
