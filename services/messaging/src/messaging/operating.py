"""What the operator may ask and do: queries over the ledger, and sending kept events again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from messaging.tables import DISCARDED, PARKED, RETRYING, events, outbox, reactions


def find(
    connection: Connection, states: Sequence[str], event: str | None, limit: int
) -> Sequence[Row[tuple[object, ...]]]:
    """Return reactions in these states, of one event or all, the longest waiting first."""
    return connection.execute(
        select(reactions)
        .where(reactions.c.state.in_(states), _of(event))
        .order_by(reactions.c.received_at)
        .limit(limit)
    ).all()


def get(connection: Connection, event_id: UUID) -> Row[tuple[object, ...]] | None:
    """Return one reaction with its body."""
    return connection.execute(
        select(reactions).where(reactions.c.event_id == event_id)
    ).one_or_none()


def replay(
    connection: Connection, ids: Sequence[UUID] | None, event: str | None, who: str
) -> list[UUID]:
    """Let parked or discarded reactions be tried again at once, all attempts before them.

    `ids` None: all that are parked, of one event or of every event. Returns those it was done for.
    """
    chosen = (
        reactions.c.state == PARKED
        if ids is None
        else reactions.c.event_id.in_(ids) & reactions.c.state.in_((PARKED, DISCARDED))
    )
    return _decide(connection, chosen & _of(event), who, RETRYING)


def discard(connection: Connection, ids: Sequence[UUID], who: str) -> list[UUID]:
    """Give reactions up that are parked or still retried. Returns those it was done for."""
    chosen = reactions.c.event_id.in_(ids) & reactions.c.state.in_((PARKED, RETRYING))
    return _decide(connection, chosen, who, DISCARDED)


def republish(
    connection: Connection,
    *,
    names: Sequence[str] | None,
    since: datetime | None,
    target: str | None,
) -> int:
    """Put kept events into the outbox again, behind all new ones; return how many.

    `names` None: every event; `since`: recorded then or later; `target`: for that service alone,
    None for all consumers. Whoever had an event drops it by its inbox.
    """
    kept = select(events.c.id, literal(target), literal(1)).order_by(events.c.recorded_at)
    if names is not None:
        kept = kept.where(events.c.type.in_(names))
    if since is not None:
        kept = kept.where(events.c.recorded_at >= since)
    again = insert(outbox).from_select(["event_id", "target", "priority"], kept)
    # SQLAlchemy forgets how many rows an INSERT made unless it is asked to remember.
    return connection.execute(again, execution_options={"preserve_rowcount": True}).rowcount


def _decide(
    connection: Connection, chosen: ColumnElement[bool], who: str, state: str
) -> list[UUID]:
    rows = connection.execute(
        update(reactions)
        .where(chosen)
        .values(
            state=state,
            next_at=func.now() if state == RETRYING else None,
            attempts=0 if state == RETRYING else reactions.c.attempts,
            changed_at=func.now(),
            changed_by=who,
        )
        .returning(reactions.c.event_id)
    )
    return [row.event_id for row in rows]


def _of(event: str | None) -> ColumnElement[bool]:
    return true() if event is None else reactions.c.type == event
