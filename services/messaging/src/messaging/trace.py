"""Where an event stands in its chain, and how a handler receives it."""

from dataclasses import dataclass
from typing import Generic, Self, TypeVar
from uuid import UUID, uuid4

from contracts.correlation import is_anonymous
from contracts.envelope import Envelope
from contracts.events import Event

E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True)
class Trace:
    """The chain that an event belongs to, and the event that it follows from (None: a first)."""

    correlation_id: UUID
    causation_id: UUID | None = None

    @classmethod
    def start(cls) -> Self:
        """Begin a new chain."""
        return cls(uuid4())

    @classmethod
    def following(cls, envelope: Envelope) -> Self:
        """Continue the chain of `envelope`, caused by it."""
        return cls(envelope.correlationid, envelope.id)


@dataclass(frozen=True)
class Delivery(Generic[E_co]):
    """One event as its handler gets it: the fact, and the envelope that brought it."""

    event: E_co
    envelope: Envelope

    @property
    def trace(self) -> Trace:
        """The trace for whatever this delivery makes happen."""
        return Trace.following(self.envelope)

    @property
    def loggable_id(self) -> UUID | None:
        """The chain's id, for logs; None for a chain that stands in no log."""
        chain = self.envelope.correlationid
        return None if is_anonymous(chain) else chain
