"""A change of the calendar moves the due dates of everything that still waits."""

from datetime import date
from typing import Any

from inspections.application.chains import tell
from inspections.application.facts import retold
from inspections.domain.inspection import Inspection
from inspections.domain.matters import Matter
from inspections.storage.matters import Matters
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def move_due_dates(work: InspectionsUnitOfWork, day: date, legal_basis: str) -> int:
    """Compute the terms anew that a change of `day` touches; returns how many moved.

    The old due date is kept beside the new one with the `legal_basis` of the change.
    """
    kinds: tuple[Matters[Any], ...] = (
        work.inspections,
        work.findings,
        work.remedies,
        work.tasks,
        work.petitions,
    )
    return sum(
        _move(work, kind, matter, legal_basis) for kind in kinds for matter in kind.touched(day)
    )


def _move(work: InspectionsUnitOfWork, kind: Matters[Any], old: Matter, legal_basis: str) -> bool:
    moved = old.follow(work.calendar)
    if moved is old:
        return False
    work.history.add_due_change(old.id, old.due_on, moved.due_on, work.today, legal_basis)
    event = retold(moved, _first_trigger(work, moved))
    kind.save(moved if event is None else tell(work, moved, event))
    return True


def _first_trigger(work: InspectionsUnitOfWork, matter: Matter) -> Any:
    if not isinstance(matter, Inspection):
        return None
    return next((t.event_id for t in work.history.triggers(matter.id) if not t.attached), None)
