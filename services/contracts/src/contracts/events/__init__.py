"""Events: facts in the past tense, one module per service that tells them."""

from contracts.events.base import Event
from contracts.events.registry import CONSUMERS, EVENTS, consumers_of, event_class, events_for

__all__ = ["CONSUMERS", "EVENTS", "Event", "consumers_of", "event_class", "events_for"]
