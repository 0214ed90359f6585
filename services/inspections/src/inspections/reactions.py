"""What inspections does when others tell something: the table event → effect."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from contracts.events import directory, surveys
from inspections import metrics
from inspections.application.judging import judge_event
from inspections.application.moving import move_due_dates
from inspections.storage.schools import SchoolRepository
from inspections.storage.tallies import TallyRepository
from inspections.storage.unit_of_work import Units
from messaging import Delivery, Handlers


def make_handlers(units: Units) -> Handlers:
    """Return the handlers of all events that contracts' table delivers to inspections."""
    handlers = Handlers("inspections")

    def judge(connection: Connection, delivery: Delivery[Any]) -> None:
        work = units.within(connection, delivery)
        for evaluation in judge_event(work, delivery.event, delivery.envelope):
            metrics.evaluated(connection, evaluation)

    def move(connection: Connection, delivery: Delivery[directory.CalendarChanged]) -> None:
        event = delivery.event
        work = units.within(connection, delivery)
        if work.schools.override(event.day, event.kind, event.legal_basis, event.version):
            move_due_dates(work, event.day, event.legal_basis)

    handlers.on(directory.SchoolRegistered)(school_registered)
    handlers.on(directory.SchoolChanged)(school_changed)
    handlers.on(directory.SchoolClosed)(school_closed)
    handlers.on(directory.CalendarChanged)(move)
    handlers.on_batch(surveys.ResponseSubmitted)(responses_submitted)
    handlers.on(surveys.ImproperDemandReported)(judge)
    handlers.on(surveys.CampaignClosed)(judge)
    return handlers


def responses_submitted(
    connection: Connection, deliveries: Sequence[Delivery[surveys.ResponseSubmitted]]
) -> None:
    """Count answers per campaign, so that a proposal can say "2 of 120 answers"."""
    TallyRepository(connection).count(
        Counter((one.event.campaign_id, one.event.school) for one in deliveries)
    )


def school_registered(
    connection: Connection, delivery: Delivery[directory.SchoolRegistered]
) -> None:
    """Know the school."""
    event = delivery.event
    SchoolRepository(connection).put(
        event.school, version=event.version, title=event.title, opened_on=event.opened_on
    )


def school_changed(connection: Connection, delivery: Delivery[directory.SchoolChanged]) -> None:
    """Take over the title."""
    event = delivery.event
    SchoolRepository(connection).put(event.school, version=event.version, title=event.title)


def school_closed(connection: Connection, delivery: Delivery[directory.SchoolClosed]) -> None:
    """Ask no duty checks of months after the school's last day."""
    event = delivery.event
    SchoolRepository(connection).put(event.school, version=event.version, closed_on=event.closed_on)
