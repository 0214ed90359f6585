"""The table event → use case of reports."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from contracts.events import directory as d
from contracts.events import inspections as i
from contracts.events import surveys as s
from contracts.events.base import Event
from messaging import Delivery, Handlers
from reports.application import learning, projecting
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

    on(d.SchoolRegistered, learning.school_registered)
    on_dated(d.SchoolChanged, learning.school_changed)
    on(d.SchoolClosed, learning.school_closed)
    on(d.UnitMoved, learning.unit_moved)
    on(d.CalendarChanged, learning.calendar_changed)
    on(s.CampaignOpened, projecting.campaign_opened)
    on(s.CampaignClosed, projecting.campaign_closed)
    on(s.ImproperDemandReported, projecting.demand)
    on(s.ResponsesWithdrawn, projecting.answers_withdrawn)
    on(s.ImproperDemandWithdrawn, projecting.demand_withdrawn)
    on(i.InspectionProposed, projecting.proposed)
    on(i.InspectionEscalated, projecting.escalated)
    on(i.InspectionOrdered, projecting.ordered)
    on(i.InspectionDismissed, projecting.dismissed)
    on(i.InspectionCompleted, projecting.completed)
    on(i.FindingRecorded, projecting.finding)
    on_dated(i.RemedyAssigned, projecting.remedy_assigned)
    on(i.RemedyClosed, projecting.remedy_closed)
    on(i.RemedyOverdue, projecting.remedy_overdue)
    on_dated(i.ImprovementTaskAssigned, projecting.task_assigned)
    on(i.PetitionReceived, projecting.petition_received)
    on(i.PetitionAnswered, projecting.petition_answered)
    on(i.PetitionOverdue, projecting.petition_overdue)

    @handlers.on_batch(s.ResponseSubmitted)
    def count(connection: Connection, deliveries: Sequence[Delivery[s.ResponseSubmitted]]) -> None:
        work = units.within(connection, deliveries[0])
        projecting.answers(work, (delivery.event for delivery in deliveries))

    return handlers
