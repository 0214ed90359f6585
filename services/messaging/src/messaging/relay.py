"""From the outbox to the broker. Any number of relays may work on one outbox."""

import json
import logging
from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Engine, RowMapping, bindparam, event, func, select, text

from contracts.envelope import Envelope
from contracts.events import consumers_of
from messaging import metrics
from messaging.broker import Outgoing, Publisher
from messaging.pace import Pace
from messaging.recording import RECORDED
from messaging.tables import events, outbox
from messaging.topology import targeted

_log = logging.getLogger(__name__)
# What the broker refused, or what is no event any more, is tried again, but doesn't hold up what
# stands behind it.
REFUSED_PAUSE: Final = timedelta(seconds=30)
_PACE_SECONDS: Final = 0.1

_CLAIM: Final = (
    select(outbox.c.id.label("outbox_id"), outbox.c.target, events)
    .join(events, events.c.id == outbox.c.event_id)
    .where(outbox.c.due_at <= func.now())
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("batch"))
    .with_for_update(of=outbox, skip_locked=True)
)
_DELETE: Final = text("DELETE FROM outbox WHERE id = ANY(CAST(:ids AS bigint[]))")
_DEFER: Final = text("UPDATE outbox SET due_at = :due WHERE id = ANY(CAST(:ids AS bigint[]))")


class Relay:
    """Publishes in batches: claim, publish, wait for the confirms, delete, commit.

    A crash in between publishes again: at least once, never less.
    """

    def __init__(self, engine: Engine, publisher: Publisher, batch: int) -> None:
        self._engine = engine
        self._publisher = publisher
        self._batch = batch
        self._pace = Pace(_PACE_SECONDS)

    def step(self) -> bool:
        """Publish one batch; return whether there may be more.

        Raises `BrokerAway`, or what SQLAlchemy raises; then the rows stay in the outbox.
        """
        self._pace.begin()
        self._publisher.tick()
        with self._engine.begin() as connection:
            rows = connection.execute(_CLAIM, {"batch": self._batch}).mappings().all()
            if not rows:
                return False
            messages = [message for row in rows if (message := _outgoing(row)) is not None]
            refused = {str(row["id"]) for row in rows} - {m.message_id for m in messages}
            refused |= self._publisher.publish(messages)
            sent = [row["outbox_id"] for row in rows if str(row["id"]) not in refused]
            left = [row["outbox_id"] for row in rows if str(row["id"]) in refused]
            if sent:
                connection.execute(_DELETE, {"ids": sent})
            if left:
                now = connection.execute(select(func.now())).scalar_one()
                connection.execute(_DEFER, {"ids": left, "due": now + REFUSED_PAUSE})
        for row in rows:
            counter = metrics.refused if str(row["id"]) in refused else metrics.published
            counter.labels(metrics.label(row["type"])).inc()
        full = len(rows) == self._batch
        if not full:
            self._pace.rest(len(rows))
        return full


def wake_after_commit(engine: Engine, wake: Any) -> None:
    """Call `wake()` whenever a connection that recorded events comes back to the engine's pool.

    The pool gets it after the commit; SQLAlchemy's own commit event comes before it.
    """

    def on_checkin(_dbapi_connection: object, record: Any) -> None:
        if record.info.pop(RECORDED, False):
            wake()

    event.listen(engine, "checkin", on_checkin)


def wire_of(row: RowMapping) -> bytes:
    """Return the body that a row of `events` is published as."""
    data = row["data"]
    return Envelope(
        id=row["id"],
        source=row["source"],
        type=row["type"],
        time=row["occurred_at"],
        subject=row["subject"],
        correlationid=row["correlation_id"],
        causationid=row["causation_id"],
        data=json.loads(data) if isinstance(data, str) else data,
    ).wire()


def _outgoing(row: RowMapping) -> Outgoing | None:
    target, name = row["target"], row["type"]
    try:
        body = wire_of(row)
    except ValidationError:
        _log.exception("event %s can't be published as it is kept", row["id"])
        return None
    return Outgoing(
        routing_key=targeted(name, target) if target else name,
        body=body,
        message_id=str(row["id"]),
        type=name,
        mandatory=bool(target) or bool(_consumers(name)),
        recorded_at=row["recorded_at"].timestamp(),
    )


def _consumers(name: str) -> tuple[str, ...]:
    try:
        return consumers_of(name)
    except KeyError:  # an event of a former version, told no more
        return ()
