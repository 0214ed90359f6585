"""An inspection: proposed → ordered → completed; dismissed, or escalated by the clock."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from contracts.events.inspections import HandledAt, InspectionKind
from contracts.problems import Problem
from contracts.rpc.inspections import InspectionState
from inspections.domain.matters import Matter


@dataclass(frozen=True, kw_only=True)
class Inspection(Matter):
    """One row. Its due date is the order's: a check needs a decision (plan, R5).

    `rule` proposed it by itself, None: a person did. The head of the school decides; what concerns
    the head is decided above, and so is what nobody decided in time.
    """

    waiting: ClassVar[str] = "proposed"

    state: InspectionState
    kind: InspectionKind
    rule: str | None
    note: str = ""
    reason: str | None = None
    escalated_on: date | None = None
    ordered_on: date | None = None
    decision_number: str | None = None
    dismissed_on: date | None = None
    completed_on: date | None = None
    checklist_version: int | None = None

    def require_charge(self, side: HandledAt) -> None:
        """Raise `inspections.head_decides` for the level above while it is the head's to decide."""
        if side == "superior" and self.handled_at == "school" and self.escalated_on is None:
            raise Problem("inspections.head_decides", due_on=self.due_on.isoformat())
        if side == "school" and self.handled_at == "superior":
            raise Problem("resource.not_found")

    def order(self, side: HandledAt, today: date, decision_number: str | None) -> "Inspection":
        """Return it ordered. Raises `inspections.wrong_state`, `inspections.head_decides`."""
        self._require_state("proposed", "escalated")
        self.require_charge(side)
        return replace(
            self,
            state="ordered",
            ordered_on=today,
            decision_number=decision_number,
            version=self.version + 1,
        )

    def dismiss(self, side: HandledAt, today: date, reason: str) -> "Inspection":
        """Return it dismissed; once it has escalated, only the level above may.

        Raises `inspections.wrong_state`, `inspections.head_decides`, `…superior_decides`.
        """
        self._require_state("proposed", "escalated")
        self.require_charge(side)
        if side == "school" and self.escalated_on is not None:
            raise Problem("inspections.superior_decides")
        return replace(
            self, state="dismissed", dismissed_on=today, reason=reason, version=self.version + 1
        )

    def escalate(self, today: date) -> "Inspection":
        """Return it escalated: the order was not given by the due date."""
        self._require_state("proposed")
        return replace(self, state="escalated", escalated_on=today, version=self.version + 1)

    def complete(self, side: HandledAt, today: date, checklist_version: int) -> "Inspection":
        """Return it carried out. Raises `inspections.wrong_state`, `inspections.head_decides`."""
        self._require_state("ordered")
        self.require_charge(side)
        return replace(
            self,
            state="completed",
            completed_on=today,
            checklist_version=checklist_version,
            version=self.version + 1,
        )

    def _require_state(self, *states: InspectionState) -> None:
        if self.state not in states:
            raise Problem("inspections.wrong_state", state=self.state)
