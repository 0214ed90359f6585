"""Days that an authority moved: directory keeps them, others copy them from its events."""

from datetime import date
from typing import Literal

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    select,
    text,
)

from chassis.versions import keep_newer
from contracts.events.directory import CalendarChanged


def moved_days_table(metadata: MetaData) -> Table:
    """Return the table of a service's database; its migrations make it."""
    return Table(
        "calendar_overrides",
        metadata,
        Column("day", Date, nullable=False),
        Column("kind", Text, nullable=False),
        Column("legal_basis", Text, nullable=False),
        Column("version", Integer, nullable=False),
        PrimaryKeyConstraint("day", name="pk_calendar_overrides"),
        CheckConstraint("kind IN ('off', 'work')", name="ck_calendar_overrides_kind"),
    )


class MovedDays:
    """A service's copy of the moved days, in one transaction."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table

    def learn(self, event: CalendarChanged) -> bool:
        """Take over a moved day; returns False when a newer word on it is known."""
        return keep_newer(self._connection, self._table, event.model_dump())

    def hold(self) -> None:
        """Let no day move until this transaction ends; waits for a move that is under way.

        Who keeps a deadline that is new has to: a move that is not seen yet can't see it either,
        and would leave it as it was. Many hold at once.
        """
        self._connection.execute(text(f"LOCK TABLE {self._table.name} IN SHARE MODE"))

    def all(self) -> dict[date, tuple[Literal["off", "work"], str]]:
        """Return day → its kind and the document that moved it."""
        days = self._table.c
        query = select(days.day, days.kind, days.legal_basis)
        return {day: (kind, basis) for day, kind, basis in self._connection.execute(query)}
