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

# What an event tells of: the figures of a draft lead back to it.
_ABOUT: dict[type[Event], str] = {
    s.CampaignClosed: "campaign_id",
    i.InspectionProposed: "inspection_id",
    i.InspectionEscalated: "inspection_id",
    i.InspectionOrdered: "inspection_id",
    i.InspectionDismissed: "inspection_id",
    i.InspectionCompleted: "inspection_id",
    i.FindingRecorded: "finding_id",
    i.RemedyAssigned: "remedy_id",
    i.RemedyClosed: "remedy_id",
    i.RemedyOverdue: "remedy_id",
    i.ImprovementTaskAssigned: "task_id",
    i.PetitionReceived: "petition_id",
    i.PetitionAnswered: "petition_id",
    i.PetitionOverdue: "petition_id",
}


def _learn_origin(work: ReportsUnitOfWork, delivery: Delivery[E]) -> None:
    about = _ABOUT.get(type(delivery.event))
    if about is not None:
        work.drafts.learn_origin(delivery.envelope, getattr(delivery.event, about))


def make_handlers(units: Units) -> Handlers:
    """Return the handlers of everything that reports consumes."""
    handlers = Handlers("reports")

    def on(event: type[E], use_case: Callable[[ReportsUnitOfWork, E], None]) -> None:
        def handle(connection: Connection, delivery: Delivery[E]) -> None:
            work = units.within(connection, delivery)
            use_case(work, delivery.event)
            _learn_origin(work, delivery)

        handlers.on(event)(handle)

    def on_dated(
        event: type[E], use_case: Callable[[ReportsUnitOfWork, E, datetime], None]
    ) -> None:
        """For events that name no day: what they tell began on the day of their envelope."""

        def handle(connection: Connection, delivery: Delivery[E]) -> None:
            work = units.within(connection, delivery)
            use_case(work, delivery.event, delivery.envelope.time)
            _learn_origin(work, delivery)

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
