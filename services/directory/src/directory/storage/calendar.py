"""Days that an authority moved."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, select

from chassis.versions import keep_newer
from directory.domain.records import CalendarDay
from directory.storage.tables import calendar_overrides as days

_DAY = (days.c.day, days.c.kind, days.c.legal_basis, days.c.version)


class CalendarRepository:
    """The overridden days of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, day: date) -> CalendarDay | None:
        """Return what is known of a day, until this transaction ends the last word on it."""
        query = select(*_DAY).where(days.c.day == day).with_for_update()
        row = self._connection.execute(query).first()
        return CalendarDay(*row) if row else None

    def put(self, fresh: CalendarDay) -> bool:
        """Store a day; False when somebody else stored this or a later version of it meanwhile."""
        return keep_newer(self._connection, days, asdict(fresh))

    def listed(self, year: int | None) -> list[CalendarDay]:
        """Return the days of a year, or all, oldest first."""
        query = select(*_DAY).order_by(days.c.day)
        if year is not None:
            query = query.where(days.c.day.between(date(year, 1, 1), date(year, 12, 31)))
        return [CalendarDay(*row) for row in self._connection.execute(query)]
