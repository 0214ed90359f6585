"""What happened to an obligation: its steps, submissions and former deadlines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, insert, select, text

from chassis.clock import local_day
from contracts.rpc.base import Actor
from contracts.rpc.obligations import HistoryEntry, Submission
from messaging.bulk import as_rows, inserting
from reports.storage.rows import deadline_json, deadline_of
from reports.storage.tables import former_deadlines, obligation_steps, submissions
from workdays import Deadline

_ADD_STEPS: Final = text(
    inserting(
        obligation_steps,
        "obligation_id",
        "what",
        "at",
        "by_account",
        "by_role",
        "by_name",
        "note",
        "params",
    )
)


@dataclass(frozen=True)
class NewStep:
    """What happened to an obligation: who, when, and why in that person's words."""

    obligation_id: UUID
    what: str
    at: datetime
    actor: Actor
    note: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class ChronicleRepository:
    """The tables behind one obligation's history, over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_steps(self, steps: Iterable[NewStep]) -> None:
        """Note steps, in this order."""
        rows = [
            {
                "obligation_id": step.obligation_id,
                "what": step.what,
                "at": step.at,
                "by_account": step.actor.account_id,
                "by_role": step.actor.role,
                "by_name": step.actor.display_name,
                "note": step.note,
                "params": step.params,
            }
            for step in steps
        ]
        if rows:
            self._connection.execute(_ADD_STEPS, as_rows(rows))

    def steps(self, obligation_id: UUID) -> tuple[HistoryEntry, ...]:
        """Return the steps of an obligation, oldest first."""
        c = obligation_steps.c
        query = select(c.at, c.what, c.by_role, c.by_name, c.note, c.params)
        rows = self._connection.execute(
            query.where(c.obligation_id == obligation_id).order_by(c.id)
        )
        return tuple(HistoryEntry.model_validate(dict(row)) for row in rows.mappings())

    def submit(
        self, obligation_id: UUID, number: int, *, at: datetime, late: int, actor: Actor, note: str
    ) -> None:
        """Store a submission of the day of `at` in Vietnam."""
        self._connection.execute(
            insert(submissions).values(
                obligation_id=obligation_id,
                number=number,
                submitted_at=at,
                submitted_on=local_day(at),
                late_working_days=late,
                by_account=actor.account_id,
                by_role=actor.role,
                by_name=actor.display_name,
                note=note,
            )
        )

    def submissions(self, obligation_id: UUID) -> tuple[Submission, ...]:
        """Return the submissions of an obligation, first one first."""
        c = submissions.c
        query = select(submissions).where(c.obligation_id == obligation_id).order_by(c.number)
        rows = self._connection.execute(query).mappings()
        return tuple(Submission.model_validate(dict(row)) for row in rows)

    def replace_deadline(self, obligation_id: UUID, old: Deadline, at: datetime) -> None:
        """Keep a deadline that was replaced."""
        self._connection.execute(
            insert(former_deadlines).values(
                obligation_id=obligation_id,
                due_on=old.due_on,
                deadline=deadline_json(old),
                replaced_at=at,
            )
        )

    def former_deadlines(self, obligation_id: UUID) -> list[tuple[Deadline, datetime]]:
        """Return the replaced deadlines with when they were replaced, oldest first."""
        c = former_deadlines.c
        query = select(c.deadline, c.replaced_at).where(c.obligation_id == obligation_id)
        rows = self._connection.execute(query.order_by(c.id))
        return [(deadline_of(row.deadline), row.replaced_at) for row in rows]
