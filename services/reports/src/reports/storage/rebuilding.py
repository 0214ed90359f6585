"""Read models made anew beside the live ones, and what differs between both.

The new ones are temporary tables of one session under the same names: in it, the repositories write
to these, and nobody else sees them. They end with the session, however it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    Table,
    Uuid,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
    text,
)

from chassis.database import lock_key
from reports.storage.document_tables import school_names
from reports.storage.draft_tables import origins
from reports.storage.read_tables import answer_counts, campaigns, matters
from reports.storage.tables import superiors

READ_MODELS: Final = (campaigns, answer_counts, matters, origins, superiors, school_names)
LOCK: Final = "reports.rebuild"
TEMPORARY: Final = "pg_temp"

# What is projected already; also a temporary table.
_projected = Table(
    "projected_events",
    MetaData(),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("event_id", name="pk_projected_events"),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class Difference:
    """How a live table differs from the one made anew, in rows; `rows` is what it should have.

    `missing` are not there, `changed` say something else, `superfluous` should not be there.
    """

    table: str
    rows: int
    missing: int
    changed: int
    superfluous: int

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not (self.missing or self.changed or self.superfluous)


class Rebuild:
    """The tables of one rebuild, over the one connection that knows them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._live = ""

    def alone(self) -> bool:
        """Take the lock of rebuilds until the session ends; False while another one runs."""
        query = select(func.pg_try_advisory_lock(lock_key(LOCK)))
        return bool(self._connection.execute(query).scalar_one())

    def let_others(self) -> None:
        """Give the lock back."""
        self._connection.execute(select(func.pg_advisory_unlock(lock_key(LOCK))))

    def begin(self) -> None:
        """Make the empty tables."""
        self._live = self._connection.execute(select(func.current_schema())).scalar_one()
        _projected.create(self._connection, checkfirst=False)
        for table in READ_MODELS:
            Table(
                table.name,
                MetaData(),
                *(Column(c.name, c.type, nullable=c.nullable) for c in table.columns),
                PrimaryKeyConstraint(
                    *(c.name for c in table.primary_key), name=str(table.primary_key.name)
                ),
                prefixes=["TEMPORARY"],
            ).create(self._connection, checkfirst=False)

    def projected(self, ids: Sequence[UUID]) -> None:
        """Note events that are in the tables now."""
        if ids:
            self._connection.execute(insert(_projected), [{"event_id": one} for one in ids])

    def left(self, taken: Select[UUID], limit: int, *, after: UUID | None = None) -> list[UUID]:
        """Return ids of events that are not projected yet, by id, those after one first of all."""
        (column,) = taken.selected_columns
        query = taken.where(~exists().where(_projected.c.event_id == column))
        if after is not None:
            query = query.where(column > after)
        return list(self._connection.execute(query.order_by(column).limit(limit)).scalars())

    def settle(self) -> None:
        """Let the planner know how much there is by now."""
        for table in (*READ_MODELS, _projected):
            self._connection.execute(text(f"ANALYZE {TEMPORARY}.{table.name}"))

    def difference(self, table: Table) -> Difference:
        """Compare the live table with the one made anew; changes nothing."""
        live, made = self._pair(table)
        there = exists().where(_same_key(live, made))
        count = select(func.count())
        changed = count.select_from(live).where(
            exists().where(_same_key(live, made)), ~exists().where(_same(live, made))
        )
        return Difference(
            table.name,
            self._number(count.select_from(made)),
            self._number(count.select_from(made).where(~there)),
            self._number(changed),
            self._number(count.select_from(live).where(~there)),
        )

    def put_right(self, table: Table) -> None:
        """Make the live table equal to the one made anew; rows that are right are not touched."""
        live, made = self._pair(table)
        self._connection.execute(delete(live).where(~exists().where(_same(live, made))))
        new = select(made).where(~exists().where(_same_key(live, made)))
        names = [column.name for column in table.columns]
        self._connection.execute(insert(live).from_select(names, new))

    def _pair(self, table: Table) -> tuple[Table, Table]:
        return (
            table.to_metadata(MetaData(), schema=self._live),
            table.to_metadata(MetaData(), schema=TEMPORARY),
        )

    def _number(self, query: Select[int]) -> int:
        return self._connection.execute(query).scalar_one()


def _same_key(one: Table, other: Table) -> ColumnElement[bool]:
    return and_(*(one.c[c.name] == other.c[c.name] for c in one.primary_key))


def _same(one: Table, other: Table) -> ColumnElement[bool]:
    rest = [c.name for c in one.columns if c.name not in one.primary_key.columns]
    return and_(
        _same_key(one, other),
        *(one.c[name].is_not_distinct_from(other.c[name]) for name in rest),
    )
