"""The SQL of inbox and reactions: what was taken over, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, text, update

from messaging.settings import RetryPolicy
from messaging.tables import DONE, PARKED, RETRYING, reactions

# One statement for a whole batch. Sorted, so that two batches with the same events wait for each
# other instead of deadlocking.
_ADMIT: Final = text(
    "INSERT INTO inbox (event_id) SELECT unnest(CAST(:ids AS uuid[]))"
    " ON CONFLICT DO NOTHING RETURNING event_id"
)


@dataclass(frozen=True)
class Note:
    """A reaction to be kept: `state` is retrying (from `delay` on) or parked."""

    event_id: UUID
    type: str
    body: bytes
    recorded_at: datetime | None
    state: str
    reason: str
    error: str = ""
    attempts: int = 0
    delay: float = 0.0


@dataclass(frozen=True)
class Claim:
    """A reaction whose turn it is. `attempts` counts this one already."""

    event_id: UUID
    type: str
    body: bytes
    recorded_at: datetime | None
    attempts: int


def admit(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Put ids into the inbox; return those that were not in it."""
    if not ids:
        return set()
    rows = connection.execute(_ADMIT, {"ids": [str(event_id) for event_id in sorted(ids)]})
    return {UUID(str(row[0])) for row in rows}


def keep(connection: Connection, notes: Sequence[Note]) -> list[Note]:
    """Take events over without having handled them; return the notes that were new."""
    unique = {note.event_id: note for note in notes}
    fresh = admit(connection, list(unique))
    kept = [note for event_id, note in unique.items() if event_id in fresh]
    if kept:
        now = connection.execute(select(func.now())).scalar_one()
        connection.execute(insert(reactions), [_row(note, now) for note in kept])
    return kept


def claim(connection: Connection, retry: RetryPolicy) -> Claim | None:
    """Take the reaction that is due longest and count an attempt, before the handler runs.

    Counted first, so that a handler that kills its process uses its attempts up too. A reaction
    that another process is at work on is locked, and skipped.
    """
    row = connection.execute(
        select(reactions)
        .where(reactions.c.state == RETRYING, reactions.c.next_at <= func.now())
        .order_by(reactions.c.next_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    found = Claim(row.event_id, row.type, bytes(row.body), row.recorded_at, row.attempts)
    claimed = replace(found, attempts=row.attempts + 1)
    later = func.now() + timedelta(seconds=retry.delay(claimed.attempts))
    _change(connection, found, attempts=claimed.attempts, next_at=later)
    return claimed


def hold(connection: Connection, claimed: Claim) -> bool:
    """Lock a claimed reaction for the transaction of its handler; False if it is ours no more."""
    return (
        connection.execute(
            select(reactions.c.event_id)
            .where(
                reactions.c.event_id == claimed.event_id,
                reactions.c.state == RETRYING,
                reactions.c.attempts == claimed.attempts,
            )
            .with_for_update(skip_locked=True)
        ).one_or_none()
        is not None
    )


def settle(connection: Connection, claimed: Claim, state: str, **values: object) -> None:
    """End a reaction: done, or parked with `reason` and `error`."""
    assert state in {DONE, PARKED}
    _change(connection, claimed, state=state, next_at=None, **values)


def postpone(connection: Connection, claimed: Claim, error: str) -> None:
    """Say why an attempt failed; its next turn was set when it was claimed."""
    _change(connection, claimed, reason="failed", error=error)


def give_back(connection: Connection, claimed: Claim) -> None:
    """Undo a claim: the attempt did not take place."""
    _change(connection, claimed, attempts=claimed.attempts - 1, next_at=func.now())


def _change(connection: Connection, claimed: Claim, **values: object) -> None:
    # Only what is still claimed so: what the operator or another process did in between stands.
    connection.execute(
        update(reactions)
        .where(
            reactions.c.event_id == claimed.event_id,
            reactions.c.state == RETRYING,
            reactions.c.attempts == claimed.attempts,
        )
        .values(changed_at=func.now(), changed_by="service", **_storable(values))
    )


def _row(note: Note, now: datetime) -> dict[str, object]:
    row = {
        "event_id": note.event_id,
        "type": note.type,
        "body": note.body,
        "recorded_at": note.recorded_at,
        "state": note.state,
        "reason": note.reason,
        "error": note.error,
        "attempts": note.attempts,
        "next_at": now + timedelta(seconds=note.delay) if note.state == RETRYING else None,
    }
    return _storable(row)


def _storable(values: Mapping[str, object]) -> dict[str, object]:
    """Take out what PostgreSQL's text can't hold: what can't be stored would stop its lane."""
    return {
        name: value.encode(errors="replace").decode().replace("\0", "")
        if isinstance(value, str)
        else value
        for name, value in values.items()
    }
