"""Trigger rules, what they judged and why, and the improvement tasks that they gave."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StrictBool, StrictInt

from contracts.days import Day
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import improvement as t
from contracts.rpc import trigger_rules as m
from contracts.written import Said
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")

School = Annotated[SchoolCode | None, Query()]


class Change(Model):
    """What a new version of a rule says; what is left out stays as it was."""

    action: m.Action | None = None
    enabled: StrictBool | None = None
    conditions: tuple[m.Condition, ...] | None = Field(default=None, max_length=20)
    working_days: StrictInt | None = Field(default=None, ge=1, le=250)
    effective_from: Day | None = None
    legal_basis: Said | None = None


class Evidence(Model):
    """What shows that a task is done."""

    evidence: Said


@router.get("/evaluations", tags=["trigger rules"])
async def list_evaluations(
    ask: Ask, school: School = None, fired: bool | None = None
) -> m.Evaluations:
    """Each judgement of an event by a rule, newest first: fired or not, and why."""
    wanted = m.ListEvaluations(school=school, fired=fired)
    return await ask("inspections", "list_evaluations", wanted, m.Evaluations)


@router.get("/trigger-rules", tags=["trigger rules"])
async def list_trigger_rules(ask: Ask) -> m.TriggerRules:
    """The newest version of each rule."""
    return await ask("inspections", "list_trigger_rules", m.ListTriggerRules(), m.TriggerRules)


@router.put("/trigger-rules/{code}", tags=["trigger rules"])
async def change_trigger_rule(ask: Ask, code: m.RuleCode, change: Change) -> m.TriggerRule:
    """Add a version of a rule."""
    wanted = m.ChangeTriggerRule(code=code, **dict(change))
    return await ask("inspections", "change_trigger_rule", wanted, m.TriggerRule)


@router.get("/improvement-tasks", tags=["trigger rules"])
async def list_improvement_tasks(
    ask: Ask, school: School = None, state: t.TaskState | None = None
) -> t.ImprovementTasks:
    """The improvement tasks in scope, those due first at the top."""
    wanted = t.ListImprovementTasks(school=school, state=state)
    return await ask("inspections", "list_improvement_tasks", wanted, t.ImprovementTasks)


@router.post("/improvement-tasks/{task_id}/close", tags=["trigger rules"])
async def close_improvement_task(ask: Ask, task_id: UUID, closing: Evidence) -> t.ImprovementTask:
    """Close a task with its evidence."""
    wanted = t.CloseImprovementTask(task_id=task_id, evidence=closing.evidence)
    return await ask("inspections", "close_improvement_task", wanted, t.ImprovementTask)
