"""What led to inspections and what became of them: triggers, steps, checked items, due dates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from contracts.events.surveys import DemandKind
from contracts.rpc.base import Role
from contracts.rpc.inspections import CheckedItem, StepKind
from contracts.rpc.remedies import DueChange
from inspections.storage.side_tables import (
    due_changes,
    inspection_items,
    inspection_steps,
    inspection_triggers,
)


@dataclass(frozen=True)
class Trigger:
    """One event that led to an inspection, by one rule; it counts no more once withdrawn."""

    inspection_id: UUID
    event_id: UUID
    rule: str
    rule_version: int
    event_type: str
    occurred_at: datetime
    attached: bool
    campaign_id: UUID | None
    demand: DemandKind | None
    correlation_id: UUID
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One step of an inspection's history; `event_id` of the event that told it."""

    inspection_id: UUID
    step: StepKind
    at: datetime
    role: Role
    event_id: UUID | None


class HistoryRepository:
    """The histories of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_trigger(self, trigger: Trigger) -> None:
        """Note that an event led to an inspection."""
        self._connection.execute(insert(inspection_triggers).values(asdict(trigger)))

    def triggers(self, inspection_id: UUID) -> list[Trigger]:
        """Return what led to an inspection, in order of occurrence."""
        t = inspection_triggers.c
        query = (
            select(*(t[name] for name in Trigger.__dataclass_fields__))
            .where(t.inspection_id == inspection_id)
            .order_by(t.attached, t.occurred_at, t.event_id)
        )
        return [Trigger(*row) for row in self._connection.execute(query)]

    def led_to(self, campaign_id: UUID) -> set[UUID]:
        """Return the inspections that something of a campaign led to."""
        t = inspection_triggers.c
        query = (
            select(t.inspection_id)
            .where(t.campaign_id == campaign_id, t.withdrawn_on.is_(None))
            .distinct()
        )
        return set(self._connection.execute(query).scalars())

    def trigger_counts(self, ids: Iterable[UUID]) -> dict[UUID, int]:
        """Return how many events led to each inspection."""
        t = inspection_triggers.c
        query = (
            select(t.inspection_id, func.count())
            .where(t.inspection_id.in_(list(ids)), t.withdrawn_on.is_(None))
            .group_by(t.inspection_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def add_step(self, step: Step) -> None:
        """Add to a history."""
        self._connection.execute(insert(inspection_steps).values(asdict(step)))

    def steps(self, inspection_id: UUID) -> list[Step]:
        """Return a history: the proposal, then day by day.

        What says its day alone comes first on it: its place between the steps of staff would tell
        its time.
        """
        s = inspection_steps.c
        query = (
            select(*(s[name] for name in Step.__dataclass_fields__))
            .where(s.inspection_id == inspection_id)
            .order_by(s.step != "proposed", s.at, s.id)
        )
        return [Step(*row) for row in self._connection.execute(query)]

    def add_items(self, inspection_id: UUID, results: Sequence[CheckedItem]) -> None:
        """Keep what was found at each item."""
        rows = [
            {"inspection_id": inspection_id, "item": r.item, "met": r.met, "note": r.note}
            for r in results
        ]
        self._connection.execute(insert(inspection_items), rows)

    def items(self, inspection_id: UUID) -> dict[str, tuple[bool, str]]:
        """Return item → (met, note)."""
        query = select(inspection_items).where(inspection_items.c.inspection_id == inspection_id)
        return {row.item: (row.met, row.note) for row in self._connection.execute(query)}

    def add_due_change(
        self, matter_id: UUID, old: date, new: date, changed_on: date, legal_basis: str
    ) -> None:
        """Keep a due date that a change of the calendar moved."""
        self._connection.execute(
            insert(due_changes).values(
                matter_id=matter_id,
                old_due_on=old,
                new_due_on=new,
                changed_on=changed_on,
                legal_basis=legal_basis,
            )
        )

    def due_changes(self, ids: Iterable[UUID]) -> dict[UUID, tuple[DueChange, ...]]:
        """Return matter → its changes, oldest first."""
        wanted = list(ids)
        if not wanted:
            return {}
        query = (
            select(due_changes)
            .where(due_changes.c.matter_id.in_(wanted))
            .order_by(due_changes.c.id)
        )
        found: dict[UUID, list[DueChange]] = defaultdict(list)
        for row in self._connection.execute(query):
            found[row.matter_id].append(
                DueChange(
                    old_due_on=row.old_due_on,
                    new_due_on=row.new_due_on,
                    changed_on=row.changed_on,
                    legal_basis=row.legal_basis,
                )
            )
        return {matter: tuple(changes) for matter, changes in found.items()}
