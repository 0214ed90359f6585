"""Envelopes of events that a test lets happen."""

from datetime import datetime
from uuid import uuid4

from contracts.envelope import Envelope
from contracts.events import Event
from messaging import Trace


def envelope_of(service: str, event: Event, trace: Trace, *, at: datetime) -> Envelope:
    """Return the envelope in which `service` would tell `event`."""
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
