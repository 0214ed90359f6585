"""A petition (phản ánh, kiến nghị) or suggestion (góp ý): answered in time (plan, R15)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from contracts.events.inspections import HandledAt, PetitionKind
from contracts.problems import Problem
from contracts.rpc.petitions import PetitionState
from inspections.domain.matters import Matter


@dataclass(frozen=True, kw_only=True)
class Petition(Matter):
    """One row: open → answered, overdue by itself in between. Text and contact stay here.

    `digest` is of what the sender sent, so that a resend is told from another petition.
    """

    waiting: ClassVar[str] = "open"

    state: PetitionState
    receipt: str
    submission_id: UUID
    digest: str
    kind: PetitionKind
    source: Literal["public", "staff"]
    about_procedures: bool
    text: str
    contact: str
    answer: str | None = None
    answered_on: date | None = None

    @property
    def concerns_head(self) -> bool:
        """Whether it is about the head, and so answered above."""
        return self.handled_at == "superior"

    def lapse(self) -> "Petition":
        """Return it overdue; raises `ValueError` unless it is open."""
        if not self.waits:
            raise ValueError(f"a petition that is {self.state} does not become overdue")
        return replace(self, state="overdue", version=self.version + 1)

    def reply(self, side: HandledAt, today: date, answer: str) -> "Petition":
        """Return it answered, by the side that handles it.

        Raises `inspections.wrong_state`, `inspections.head_decides`.
        """
        if side == "superior" and self.handled_at == "school":
            raise Problem("inspections.head_decides", due_on=self.due_on.isoformat())
        if self.state == "answered":
            raise Problem("inspections.wrong_state", state=self.state)
        return replace(
            self, state="answered", answered_on=today, answer=answer, version=self.version + 1
        )
