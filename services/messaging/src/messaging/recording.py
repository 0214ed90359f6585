"""Writing events: into `events` and `outbox`, in the transaction of whoever makes them true."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, text

from contracts.envelope import Envelope
from contracts.events import Event, event_class
from messaging.bulk import as_rows, inserting
from messaging.tables import events
from messaging.trace import Trace

# Set on a database connection that recorded something; the relay looks for it when the connection
# goes back to its pool, that is after the commit.
RECORDED: Final = "kipthoi.recorded"

_COLUMNS: Final = (
    "id",
    "source",
    "type",
    "subject",
    "occurred_at",
    "correlation_id",
    "causation_id",
    "data",
)
_RECORD: Final = text(
    f"WITH told AS ({inserting(events, *_COLUMNS)} RETURNING id)"  # noqa: S608 - our own names
    " INSERT INTO outbox (event_id) SELECT id FROM told"
)


def record(
    connection: Connection, service: str, event: Event, *, trace: Trace, at: datetime
) -> Envelope:
    """Record one event that became true `at` (business time, with a zone); see `record_all`."""
    return record_all(connection, service, [(event, trace)], at=at)[0]


def record_all(
    connection: Connection, service: str, items: Sequence[tuple[Event, Trace]], *, at: datetime
) -> list[Envelope]:
    """Record events of `service` in the caller's transaction; they are published after its commit.

    Returns their envelopes in the order of `items`. Raises `ValueError` for a time without a zone
    and for an event that is another service's or that contracts does not list.
    """
    if at.tzinfo is None:
        raise ValueError("an event needs a time with a time zone")
    envelopes = [_envelope(service, event, trace, at) for event, trace in items]
    if envelopes:
        connection.execute(_RECORD, as_rows(_row(envelope) for envelope in envelopes))
        connection.info[RECORDED] = True
    return envelopes


def _envelope(service: str, event: Event, trace: Trace, at: datetime) -> Envelope:
    try:
        declared = event_class(event.name)
    except KeyError:
        declared = None
    if declared is not type(event) or not event.name.startswith(f"{service}."):
        raise ValueError(f"{event.name} is not an event of {service}")
    return Envelope(
        id=uuid4(),
        source=f"/kipthoi/{service}",
        type=event.name,
        time=at,
        subject=event.subject,
        correlationid=trace.correlation_id,
        causationid=trace.causation_id,
        data=event.payload(),
    )


def _row(envelope: Envelope) -> dict[str, object]:
    return {
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "occurred_at": envelope.time,
        "correlation_id": envelope.correlationid,
        "causation_id": envelope.causationid,
        "data": envelope.data,
    }
