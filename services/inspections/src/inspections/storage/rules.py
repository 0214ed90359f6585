"""Trigger rules in all their versions, and the record of what they judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, and_, desc, select
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import local_day
from contracts.events.inspections import HandledAt
from contracts.forms import Words
from contracts.rpc import trigger_rules as messages
from contracts.rpc.base import Actor
from inspections.domain.rules import Rule
from inspections.storage.matters import visible
from inspections.storage.side_tables import evaluations, trigger_rules

AT_MOST = 500
_CHECKED = TypeAdapter(tuple[messages.CheckedCondition, ...])
_CONDITIONS = TypeAdapter(tuple[messages.Condition, ...])
Outcome = Literal["none", "proposed", "attached", "task_assigned"]


@dataclass(frozen=True)
class Evaluation:
    """One rule judged one event, and what came of it."""

    id: UUID
    event_id: UUID
    event_type: str
    occurred_at: datetime
    evaluated_at: datetime
    school: str
    handled_at: HandledAt
    rule: str
    rule_version: int
    fired: bool
    conditions: tuple[messages.CheckedCondition, ...]
    outcome: Outcome
    inspection_id: UUID | None
    task_id: UUID | None
    correlation_id: UUID


class RuleRepository:
    """The rules of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def versions(self, event_type: str | None = None) -> list[Rule]:
        """Return every version of the rules, or of those for one type of event."""
        query = select(trigger_rules).order_by(trigger_rules.c.code, trigger_rules.c.version)
        if event_type is not None:
            query = query.where(trigger_rules.c.event_type == event_type)
        return [_rule(row) for row in self._connection.execute(query)]

    def newest(self, code: str) -> Rule | None:
        """Lock and return the newest version of a rule."""
        r = trigger_rules.c
        query = (
            select(trigger_rules)
            .where(r.code == code)
            .order_by(desc(r.version))
            .limit(1)
            .with_for_update()
        )
        row = self._connection.execute(query).first()
        return _rule(row) if row else None

    def add(self, rules: Iterable[Rule]) -> int:
        """Insert versions that are not there yet; returns how many were new."""
        new = 0
        for rule in rules:
            statement = insert(trigger_rules).values(_row(rule)).on_conflict_do_nothing()
            new += self._connection.execute(statement).rowcount
        return new

    def keep(self, evaluation: Evaluation) -> None:
        """Keep an evaluation for good."""
        row = dict(vars(evaluation))
        row["conditions"] = _CHECKED.dump_python(evaluation.conditions, mode="json")
        self._connection.execute(insert(evaluations).values(row))

    def evaluations(
        self, wanted: messages.ListEvaluations, actor: Actor
    ) -> list[messages.Evaluation]:
        """Return what the actor may see, newest first."""
        e, r = evaluations.c, trigger_rules.c
        query = (
            select(evaluations, r.words_vi, r.words_en, r.enabled)
            .join(trigger_rules, and_(r.code == e.rule, r.version == e.rule_version))
            .where(visible(evaluations, actor))
            .order_by(desc(e.evaluated_at), e.id)
            .limit(AT_MOST)
        )
        if wanted.school is not None:
            query = query.where(e.school == wanted.school)
        if wanted.fired is not None:
            query = query.where(e.fired == wanted.fired)
        return [_evaluation(row) for row in self._connection.execute(query)]


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        code=row.code,
        version=row.version,
        words=Words(vi=row.words_vi, en=row.words_en),
        event_type=row.event_type,
        conditions=_CONDITIONS.validate_python(row.conditions),
        action=row.action,
        working_days=row.parameters["working_days"],
        enabled=row.enabled,
        effective_from=row.effective_from,
        legal_basis=row.legal_basis,
    )


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "version": rule.version,
        "words_vi": rule.words.vi,
        "words_en": rule.words.en,
        "event_type": rule.event_type,
        "conditions": _CONDITIONS.dump_python(rule.conditions, mode="json"),
        "action": rule.action,
        "parameters": {"working_days": rule.working_days},
        "enabled": rule.enabled,
        "effective_from": rule.effective_from,
        "legal_basis": rule.legal_basis,
    }


def _evaluation(row: Row[Any]) -> messages.Evaluation:
    return messages.Evaluation(
        evaluation_id=row.id,
        rule=row.rule,
        rule_version=row.rule_version,
        rule_words=Words(vi=row.words_vi, en=row.words_en),
        rule_enabled=row.enabled,
        event_id=row.event_id,
        event_type=row.event_type,
        occurred_on=local_day(row.occurred_at),
        evaluated_on=local_day(row.evaluated_at),
        school=row.school,
        fired=row.fired,
        conditions=_CHECKED.validate_python(row.conditions),
        outcome=row.outcome,
        inspection_id=row.inspection_id,
        task_id=row.task_id,
        correlation_id=row.correlation_id,
    )
