"""What surveys does when directory tells something: the table event → effect."""

from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.moved_days import MovedDays
from contracts.events import directory as told
from messaging import Delivery, Handlers
from surveys.storage.schools import SchoolRepository
from surveys.storage.tables import calendar_overrides


def make_handlers() -> Handlers:
    """Return the handlers of all events that contracts' table delivers to surveys."""
    handlers = Handlers("surveys")
    handlers.on(told.SchoolRegistered)(school_registered)
    handlers.on(told.SchoolChanged)(school_told)
    handlers.on(told.SchoolClosed)(school_told)
    handlers.on(told.CalendarChanged)(calendar_changed)
    return handlers


def school_registered(connection: Connection, delivery: Delivery[told.SchoolRegistered]) -> None:
    """Make campaigns for the school from the day of its registration on, however late we hear."""
    event = delivery.event
    known_from = max(event.opened_on, local_day(delivery.envelope.time))
    SchoolRepository(connection).learn(event, known_from=known_from)


def school_told(connection: Connection, delivery: Delivery[Any]) -> None:
    """Take over title and level; make no campaigns that would end after the school's last day."""
    SchoolRepository(connection).learn(delivery.event)


def calendar_changed(connection: Connection, delivery: Delivery[told.CalendarChanged]) -> None:
    """Take over a moved day; campaigns that are not open yet follow."""
    if MovedDays(connection, calendar_overrides).learn(delivery.event):
        SchoolRepository(connection).plan_anew()
