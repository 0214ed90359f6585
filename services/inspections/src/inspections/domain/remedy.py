"""A remedy: what is done about a finding, by a due date, shown by evidence (plan, R6)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.events.inspections import RemedyKind, Severity
from contracts.problems import Problem
from contracts.rpc.remedies import RemedyState
from inspections.domain.matters import Matter


@dataclass(frozen=True, kw_only=True)
class Remedy(Matter):
    """One row: open → closed, overdue by itself in between."""

    waiting: ClassVar[str] = "open"

    state: RemedyState
    finding_id: UUID
    inspection_id: UUID
    item: str
    kind: RemedyKind
    severity: Severity
    description: str
    explanation_required: bool
    explanation: str | None = None
    closed_on: date | None = None
    evidence: str | None = None

    def lapse(self) -> "Remedy":
        """Return it overdue; raises `ValueError` unless it is open."""
        if not self.waits:
            raise ValueError(f"a remedy that is {self.state} does not become overdue")
        return replace(self, state="overdue", version=self.version + 1)

    def close(self, today: date, evidence: str, explanation: str | None) -> "Remedy":
        """Return it closed. Raises `inspections.wrong_state`, `…explanation_required`."""
        if self.state == "closed":
            raise Problem("inspections.wrong_state", state=self.state)
        if self.explanation_required and not explanation:
            raise Problem("inspections.explanation_required")
        return replace(
            self,
            state="closed",
            closed_on=today,
            evidence=evidence,
            explanation=explanation,
            version=self.version + 1,
        )
