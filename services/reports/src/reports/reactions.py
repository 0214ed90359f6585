"""The table event → use case of reports."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from contracts.events import directory as d
from contracts.events import surveys as s
from contracts.events.base import Event
from messaging import Delivery, Handlers
from reports.application import learning, projecting
from reports.application.projections import PROJECTIONS, Projection
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

E = TypeVar("E", bound=Event)


def make_handlers(units: Units) -> Handlers:
    """Return the handlers of everything that reports consumes."""
    handlers = Handlers("reports")

    def on(event: type[E], use_case: Callable[[ReportsUnitOfWork, E], None]) -> None:
        def handle(connection: Connection, delivery: Delivery[E]) -> None:
            use_case(units.within(connection, delivery), delivery.event)

        handlers.on(event)(handle)

    def on_dated(
        event: type[E], use_case: Callable[[ReportsUnitOfWork, E, datetime], None]
    ) -> None:
        """For events that name no day: what they tell began on the day of their envelope."""

        def handle(connection: Connection, delivery: Delivery[E]) -> None:
            work = units.within(connection, delivery)
            use_case(work, delivery.event, delivery.envelope.time)

        handlers.on(event)(handle)

    def projected(event: type[Event], project_one: Projection) -> None:
        def handle(connection: Connection, delivery: Delivery[Event]) -> None:
            project_one(units.within(connection, delivery), delivery)

        handlers.on(event)(handle)

    on(d.SchoolRegistered, learning.school_registered)
    on_dated(d.SchoolChanged, learning.school_changed)
    on(d.SchoolClosed, learning.school_closed)
    on(d.UnitMoved, projecting.unit_moved)
    on(d.CalendarChanged, learning.calendar_changed)
    for event, project_one in PROJECTIONS.items():
        projected(event, project_one)

    @handlers.on_batch(s.ResponseSubmitted)
    def count(connection: Connection, deliveries: Sequence[Delivery[s.ResponseSubmitted]]) -> None:
        work = units.within(connection, deliveries[0])
        projecting.answers(work, (delivery.event for delivery in deliveries))

    return handlers
