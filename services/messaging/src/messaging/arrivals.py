"""Messages as they arrive, and reading them."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic import ValidationError

from contracts.envelope import Envelope
from contracts.events import Event, event_class
from messaging.trace import Delivery

# What can't be read has no id to be told apart by, so its content gives it one.
_UNREADABLE: Final = UUID("5b0f6f0e-4d0b-4a3e-8f0a-2d6c5b1e7a90")


@dataclass(frozen=True)
class Arrival:
    """One message. `redelivered`: somebody had it before and did not answer."""

    body: bytes
    recorded_at: float | None = None
    redelivered: bool = False

    @property
    def moment(self) -> datetime | None:
        """When the event was recorded, if the message says so."""
        try:
            return datetime.fromtimestamp(self.recorded_at or math.nan, UTC)
        except (ValueError, OverflowError, OSError):
            return None


class Undecodable(Exception):
    """A body that is no event that this version knows. `event_id` and `type` as far as readable."""

    def __init__(self, event_id: UUID, type_: str, why: str) -> None:
        super().__init__(why)
        self.event_id = event_id
        self.type = type_


def read(body: bytes) -> Delivery[Event]:
    """Read a message, ignoring fields that are not known; raises `Undecodable`."""
    try:
        envelope = Envelope.from_wire(body)
    except ValidationError as error:
        raise Undecodable(_id_of(body), _type_of(body), f"envelope: {_why(error)}") from error
    try:
        event = event_class(envelope.type).model_validate(envelope.data)
    except KeyError as error:
        raise Undecodable(envelope.id, envelope.type, "unknown event type") from error
    except ValidationError as error:
        raise Undecodable(envelope.id, envelope.type, f"data: {_why(error)}") from error
    if envelope.subject != event.subject:
        raise Undecodable(envelope.id, envelope.type, "subject: not the event's")
    return Delivery(event, envelope)


def _why(error: ValidationError) -> str:
    """Say which fields are wrong, without their values."""
    return "; ".join(
        f"{'.'.join(str(part) for part in wrong['loc']) or 'body'}: {wrong['type']}"
        for wrong in error.errors(include_input=False, include_url=False)
    )[:500]


def _loosely(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _id_of(body: bytes) -> UUID:
    try:
        return UUID(str(_loosely(body).get("id")))
    except ValueError:
        return uuid5(_UNREADABLE, sha256(body).hexdigest())


def _type_of(body: bytes) -> str:
    return str(_loosely(body).get("type", ""))[:200]
