"""An improvement task: a campaign closed below its target, the school has to improve."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc.improvement import TaskState
from inspections.domain.matters import Matter


@dataclass(frozen=True, kw_only=True)
class ImprovementTask(Matter):
    """One row: open → closed with evidence, overdue by itself in between."""

    waiting: ClassVar[str] = "open"

    state: TaskState
    campaign_id: UUID
    rule: str
    closed_on: date | None = None
    evidence: str | None = None

    def lapse(self) -> "ImprovementTask":
        """Return it overdue; raises `ValueError` unless it is open."""
        if not self.waits:
            raise ValueError(f"a task that is {self.state} does not become overdue")
        return replace(self, state="overdue", version=self.version + 1)

    def close(self, today: date, evidence: str) -> "ImprovementTask":
        """Return it closed. Raises `inspections.wrong_state`."""
        if self.state == "closed":
            raise Problem("inspections.wrong_state", state=self.state)
        return replace(
            self, state="closed", closed_on=today, evidence=evidence, version=self.version + 1
        )
