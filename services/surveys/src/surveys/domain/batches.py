"""A batch of answers from paper: storing → stored or failed; stored → undone."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc.batches import BatchKind, BatchState


@dataclass(frozen=True)
class Batch:
    """One row. `correlation_id` is the chain of the reports that came with it.

    `digest` is of the file that it came from, so that the same one is not counted twice.
    """

    id: UUID
    campaign_id: UUID
    kind: BatchKind
    title: str
    state: BatchState
    answers: int
    total: int
    entered_on: date
    undone_on: date | None
    correlation_id: UUID
    digest: bytes | None = None

    def grow(self, campaign_id: UUID, answers: int) -> "Batch":
        """Return it with so many more answers, typed in."""
        if (self.campaign_id, self.kind) != (campaign_id, "typed"):
            raise Problem("surveys.batch_of_another")
        if self.state == "undone":
            raise Problem("surveys.batch_undone")
        return replace(self, answers=self.answers + answers, total=self.total + answers)

    def undo(self, today: date) -> "Batch":
        """Return it undone; raises `surveys.batch_storing`, `surveys.batch_undone`."""
        if self.state == "storing":
            raise Problem("surveys.batch_storing")
        if self.state != "stored":
            raise Problem("surveys.batch_undone")
        return replace(self, state="undone", answers=0, undone_on=today)

    def end(self, state: BatchState) -> "Batch":
        """Return it when its file is stored, all of it, or failed, nothing of it."""
        return replace(self, state=state, answers=self.total if state == "stored" else 0)
