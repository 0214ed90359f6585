"""A finding: an item of the checklist that was not met."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from contracts.events.inspections import Severity
from contracts.rpc.remedies import FindingKind
from inspections.domain.matters import Matter

FindingState = Literal["recorded", "urgent", "escalated", "remedied"]


@dataclass(frozen=True, kw_only=True)
class Finding(Matter):
    """One row. The clock runs for urgent ones (Mức 4) only, until a first remedy is closed."""

    waiting: ClassVar[str] = "urgent"

    state: FindingState
    inspection_id: UUID
    item: str
    kind: FindingKind
    severity: Severity
    note: str
    explanation_required: bool
    escalated_on: date | None = None

    def escalate(self, today: date) -> "Finding":
        """Return it escalated to the level above; raises `ValueError` when no clock runs."""
        if not self.waits:
            raise ValueError(f"a finding that is {self.state} does not escalate")
        return replace(self, state="escalated", escalated_on=today, version=self.version + 1)

    def remedied(self) -> "Finding":
        """Return it with a closed remedy: its clock stops."""
        return replace(self, state="remedied", version=self.version + 1)
