"""What surveys does when directory tells something: the table event → effect."""

from sqlalchemy import Connection

from chassis.clock import local_day
from contracts.events import directory as told
from messaging import Delivery, Handlers
from surveys.storage.schools import SchoolRepository


def make_handlers() -> Handlers:
    """Return the handlers of all events that contracts' table delivers to surveys."""
    handlers = Handlers("surveys")
    handlers.on(told.SchoolRegistered)(school_registered)
    handlers.on(told.SchoolChanged)(school_changed)
    handlers.on(told.SchoolClosed)(school_closed)
    handlers.on(told.CalendarChanged)(calendar_changed)
    return handlers


def school_registered(connection: Connection, delivery: Delivery[told.SchoolRegistered]) -> None:
    """Make campaigns for the school from the day of its registration on, however late we hear."""
    event = delivery.event
    SchoolRepository(connection).put(
        event.school,
        version=event.version,
        title=event.title,
        level=event.level,
        known_from=max(event.opened_on, local_day(delivery.envelope.time)),
    )


def school_changed(connection: Connection, delivery: Delivery[told.SchoolChanged]) -> None:
    """Take over title and level."""
    event = delivery.event
    SchoolRepository(connection).put(
        event.school, version=event.version, title=event.title, level=event.level
    )


def school_closed(connection: Connection, delivery: Delivery[told.SchoolClosed]) -> None:
    """Make no campaigns that would end after the school's last day."""
    event = delivery.event
    SchoolRepository(connection).put(event.school, version=event.version, closed_on=event.closed_on)


def calendar_changed(connection: Connection, delivery: Delivery[told.CalendarChanged]) -> None:
    """Take over a moved day; campaigns that are not open yet follow."""
    event = delivery.event
    SchoolRepository(connection).override(event.day, event.kind, event.legal_basis, event.version)
