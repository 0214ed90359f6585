"""Schools as the directory's events tell them, and how far their obligations are planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select, update

from chassis.schools import SchoolCopies
from chassis.scope import in_scope
from contracts.rpc.base import Actor
from reports.domain.planning import Life
from reports.storage.tables import schools


@dataclass(frozen=True)
class School:
    """A school. `opened_on` is None while only later news of it has come."""

    code: str
    title: str
    level: str
    opened_on: date | None
    closed_on: date | None
    planned_from: date | None
    planned_to: date | None
    kinds_digest: str | None

    @property
    def life(self) -> Life | None:
        """From when to when it exists, once it is registered."""
        return None if self.opened_on is None else Life(self.opened_on, self.closed_on)


class SchoolRepository(SchoolCopies):
    """The table `schools` over one connection."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, schools)

    def get(self, code: str) -> School | None:
        """Return a school, locked until the transaction ends."""
        query = select(schools).where(schools.c.code == code).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _school(row)

    def to_plan(self, today: date, until: date, digest: str, limit: int) -> list[School]:
        """Return, locked, registered schools whose obligations are not planned for these days."""
        c = schools.c
        query = (
            select(schools)
            .where(
                c.opened_on.is_not(None),
                or_(
                    c.planned_to.is_(None),
                    c.planned_to < until,
                    c.planned_from > today,
                    c.kinds_digest != digest,
                ),
            )
            .order_by(c.code)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [_school(row) for row in self._connection.execute(query).mappings()]

    def mark_planned(self, codes: Collection[str], first: date, last: date, digest: str) -> None:
        """Note that these schools' obligations are planned from `first` to `last`."""
        self._connection.execute(
            update(schools)
            .where(schools.c.code.in_(codes))
            .values(planned_from=first, planned_to=last, kinds_digest=digest)
        )

    def seen_by(self, actor: Actor, day: date) -> dict[str, str]:
        """Return code → title of the schools in scope that are open on a day, by title."""
        c = schools.c
        query = (
            select(c.code, c.title)
            .where(
                c.opened_on <= day,
                or_(c.closed_on.is_(None), c.closed_on >= day),
                in_scope(actor, c.code),
            )
            .order_by(c.title.collate("vi-x-icu"), c.code)
        )
        return {row.code: row.title for row in self._connection.execute(query)}


def _school(row: Mapping[Any, Any]) -> School:
    return School(
        code=row["code"],
        title=row["title"],
        level=row["level"],
        opened_on=row["opened_on"],
        closed_on=row["closed_on"],
        planned_from=row["planned_from"],
        planned_to=row["planned_to"],
        kinds_digest=row["kinds_digest"],
    )
