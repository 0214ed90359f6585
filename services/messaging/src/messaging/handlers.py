"""The table event → handler of one service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from contracts.correlation import correlated
from contracts.events import Event, events_for
from messaging.trace import Delivery

E = TypeVar("E", bound=Event)
One = Callable[[Connection, Delivery[E]], None]
Many = Callable[[Connection, Sequence[Delivery[E]]], None]


class Permanent(Exception):
    """Raised by a handler: trying again cannot help, park the event at once.

    `code` is stable ("unknown_campaign"), for the operator's list; never free text.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Handler:
    """What runs for one event type, always over a sequence of deliveries in one transaction."""

    event_type: type[Event]
    run: Callable[[Connection, Sequence[Delivery[Any]]], None]


class Handlers:
    """Filled by decorators in a service's `reactions.py`, read by the consumers.

    A handler gets a connection inside a transaction that it neither commits nor rolls back: its
    effects, the events that it records and the mark "taken" stand or fall together.
    """

    def __init__(self, service: str) -> None:
        self.service = service
        self._by_event: dict[str, Handler] = {}

    def on(self, event_type: type[E]) -> Callable[[One[E]], One[E]]:
        """Register a handler of single events: `fn(connection, delivery)`."""

        def register(fn: One[E]) -> One[E]:
            def run(connection: Connection, deliveries: Sequence[Delivery[E]]) -> None:
                for delivery in deliveries:
                    with correlated(delivery.loggable_id):
                        fn(connection, delivery)

            self._add(event_type, run)
            return fn

        return register

    def on_batch(self, event_type: type[E]) -> Callable[[Many[E]], Many[E]]:
        """Register a handler of several events at once: `fn(connection, deliveries)`.

        For events that commute. Update aggregates in the order of their keys: two batches that
        lock the same rows in different orders deadlock (and are repeated, which costs time).
        """

        def register(fn: Many[E]) -> Many[E]:
            self._add(event_type, fn)
            return fn

        return register

    def check(self) -> None:
        """Raise `ValueError` unless the handlers are exactly the events of contracts' table."""
        listed, handled = set(events_for(self.service)), set(self._by_event)
        if listed != handled:
            raise ValueError(
                f"handlers of {self.service}: missing {sorted(listed - handled)},"
                f" not in contracts' table {sorted(handled - listed)}"
            )

    def find(self, name: str) -> Handler | None:
        """Return the handler of an event name, or None."""
        return self._by_event.get(name)

    def _add(
        self,
        event_type: type[Event],
        run: Callable[[Connection, Sequence[Delivery[Any]]], None],
    ) -> None:
        if event_type.name in self._by_event:
            raise ValueError(f"{event_type.name} has a handler already")
        self._by_event[event_type.name] = Handler(event_type, run)
