"""The calendar overrides that the directory told, and the calendar made of them."""

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from reports.storage.tables import calendar_overrides
from workdays import Calendar, Override


class CalendarRepository:
    """The table `calendar_overrides` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, day: date, override: Override, version: int) -> bool:
        """Keep an override; the higher version counts. Returns whether it is news."""
        new = insert(calendar_overrides).values(
            day=day, kind=override.kind, legal_basis=override.legal_basis, version=version
        )
        told = new.excluded
        done = self._connection.execute(
            new.on_conflict_do_update(
                constraint="pk_calendar_overrides",
                set_={
                    "kind": told.kind,
                    "legal_basis": told.legal_basis,
                    "version": told.version,
                },
                where=calendar_overrides.c.version < told.version,
            )
        )
        return bool(done.rowcount)

    def calendar(self) -> Calendar:
        """Return the calendar with every override told so far."""
        rows = self._connection.execute(select(calendar_overrides))
        return Calendar({row.day: Override(row.kind, row.legal_basis) for row in rows})
