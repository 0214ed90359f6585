"""Questions and commands about improvement tasks."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc.base import Request
from contracts.rpc.remedies import DueChange
from contracts.written import Said

TaskState = Literal["open", "overdue", "closed"]


class ImprovementTask(Model):
    """A school improves what a campaign showed to be below its target."""

    task_id: UUID
    school: SchoolCode
    school_title: str
    campaign_id: UUID
    rule: str
    state: TaskState
    assigned_on: date
    due_on: date
    due_changes: tuple[DueChange, ...]
    working_days_left: int | None
    late_working_days: NonNegativeInt
    closed_on: date | None
    evidence: str | None
    correlation_id: UUID
    version: int


class ImprovementTasks(Model):
    """Improvement tasks, those due first at the top."""

    items: tuple[ImprovementTask, ...]


class ListImprovementTasks(Request):
    """`list_improvement_tasks` in the actor's scope."""

    school: SchoolCode | None = None
    state: TaskState | None = None


class CloseImprovementTask(Request):
    """`close_improvement_task` → `ImprovementTask`."""

    task_id: UUID
    evidence: Said
