"""Schools as other services know them: copied from directory's events, which come in any order."""

from collections.abc import Iterable

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    case,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.schema import SchemaItem

from contracts.events.directory import SchoolChanged, SchoolClosed, SchoolRegistered

SchoolTold = SchoolRegistered | SchoolChanged | SchoolClosed

# What the highest version says; every other column is told once.
_VERSIONED = frozenset({"title", "level", "version"})


def schools_table(metadata: MetaData, *own: SchemaItem) -> Table:
    """Return the table of a service's database; its migrations make it.

    `own` are the columns that only this service needs. `level` and `opened_on` among them are
    filled from the events too. `version` is the one that told the title, 0 while none is known.
    """
    return Table(
        "schools",
        metadata,
        Column("code", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("closed_on", Date),
        Column("version", Integer, nullable=False),
        *own,
        PrimaryKeyConstraint("code", name="pk_schools"),
    )


class SchoolCopies:
    """A service's copy of the schools, in one transaction; each adds the questions it asks."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table

    def learn(self, event: SchoolTold, **own: object) -> None:
        """Take over what an event says, and the values of `own` columns.

        Until a title is told, the school's code stands for it.
        """
        known = self._table.c
        told = event.model_dump() | own
        if isinstance(event, SchoolClosed):
            told["version"] = 0  # it tells no title
        blank = {"code": event.school, "title": event.school, "level": ""}
        values = {name: value for name, value in (blank | told).items() if name in known}
        fresh = insert(self._table).values(values)
        newer = fresh.excluded.version > known.version
        self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=["code"],
                set_={
                    name: case((newer, fresh.excluded[name]), else_=known[name])
                    if name in _VERSIONED
                    else fresh.excluded[name]
                    for name in values
                    if name in told
                },
            )
        )

    def titles(self, codes: Iterable[str]) -> dict[str, str]:
        """Return code → title of the known ones among these schools."""
        known, wanted = self._table.c, set(codes)
        if not wanted:
            return {}
        query = select(known.code, known.title).where(known.code.in_(wanted))
        return {row.code: row.title for row in self._connection.execute(query)}
