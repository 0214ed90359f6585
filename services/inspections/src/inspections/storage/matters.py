"""Matters: rows in, rows out, always within what the actor may see, and locked to be changed."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, select
from sqlalchemy.dialects.postgresql import insert

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from inspections.domain.matters import Matter
from inspections.domain.sides import side_of

M = TypeVar("M", bound=Matter)


def visible(table: Table, actor: Actor) -> ColumnElement[bool]:
    """Return the condition of the actor's scope: its schools, and above what concerns the head."""
    scope = in_scope(actor, table.c.school)
    if side_of(actor.role) == "superior":
        return scope
    return and_(scope, table.c.handled_at == "school")


class Matters(Generic[M]):
    """The matters of one kind in one transaction. Columns and record have the same names."""

    def __init__(self, connection: Connection, table: Table, record: type[M]) -> None:
        self._connection = connection
        self._record = record
        self._names = tuple(field.name for field in fields(record))
        self.table = table

    def add(self, matter: M) -> bool:
        """Insert; returns False when a unique constraint says that it is there already."""
        statement = insert(self.table).values(self._row(matter)).on_conflict_do_nothing()
        found = self._connection.execute(statement.returning(self.table.c.id)).first()
        return found is not None

    def save(self, matter: M) -> None:
        """Write back a matter that was read with its lock."""
        self._connection.execute(
            self.table.update().where(self.table.c.id == matter.id).values(self._row(matter))
        )

    def seen(self, matter_id: UUID, actor: Actor) -> M | None:
        """Return a matter that the actor may see."""
        found = self.where(self.table.c.id == matter_id, visible(self.table, actor))
        return found[0] if found else None

    def alone(self, matter_id: UUID, actor: Actor) -> M | None:
        """Lock and return a matter that the actor may see."""
        query = self._select().where(self.table.c.id == matter_id).with_for_update()
        found = self._read(query.where(visible(self.table, actor)))
        return found[0] if found else None

    def lapsed(self, matter_id: UUID, today: date) -> M | None:
        """Lock and return a matter whose day is over; None when another replica has it."""
        query = self._select().where(self.table.c.id == matter_id)
        found = self._read(query.with_for_update(skip_locked=True))
        return found[0] if found and found[0].lapsed(today) else None

    def touched(self, day: date) -> list[M]:
        """Lock and return the waiting matters whose term a change of `day` may move."""
        c = self.table.c
        query = (
            self._select()
            .where(c.state == self._record.waiting, c.due_from < day, c.due_on >= day)
            .order_by(c.id)
            .with_for_update()
        )
        return self._read(query)

    def listed(
        self, actor: Actor, *, school: str | None, state: str | None, newest_first: bool = False
    ) -> list[M]:
        """Return what the actor may see; those due first at the top, or the newest."""
        c = self.table.c
        conditions = [visible(self.table, actor)]
        if school is not None:
            conditions.append(c.school == school)
        if state is not None:
            conditions.append(c.state == state)
        order = (c.due_from.desc(), c.id) if newest_first else (c.due_on, c.id)
        return self._read(self._select().where(*conditions).order_by(*order))

    def where(self, *conditions: ColumnElement[bool], lock: bool = False) -> list[M]:
        """Return what meets all conditions, regardless of who asks; locked if asked."""
        query = self._select().where(*conditions).order_by(self.table.c.due_from, self.table.c.id)
        return self._read(query.with_for_update() if lock else query)

    def of(self, column: str, ids: Iterable[UUID]) -> list[M]:
        """Return those whose `column` is one of `ids`."""
        wanted = list(ids)
        return self.where(self.table.c[column].in_(wanted)) if wanted else []

    def _select(self) -> Select[Any]:
        return select(*(self.table.c[name] for name in self._names))

    def _read(self, query: Select[Any]) -> list[M]:
        rows: Sequence[Row[Any]] = self._connection.execute(query).all()
        return [self._record(**row._mapping) for row in rows]  # noqa: SLF001  SQLAlchemy's reader

    def _row(self, matter: M) -> dict[str, Any]:
        return {name: getattr(matter, name) for name in self._names}
