"""Schools and moved days, as directory told them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, select
from sqlalchemy.dialects.postgresql import insert

from contracts.rpc.base import Actor
from inspections.storage.side_tables import calendar_overrides, schools
from workdays import Override


@dataclass(frozen=True)
class School:
    """`opened_on` is None until its registration is known: events may come in any order."""

    code: str
    title: str
    opened_on: date | None
    closed_on: date | None


class SchoolRepository:
    """The schools of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self,
        code: str,
        *,
        version: int,
        title: str | None = None,
        opened_on: date | None = None,
        closed_on: date | None = None,
    ) -> None:
        """Take over what an event says: the title of the highest version, the days for good."""
        fresh = insert(schools).values(
            code=code,
            title=title or code,
            opened_on=opened_on,
            closed_on=closed_on,
            version=version if title else 0,
        )
        new, old = fresh.excluded, schools.c
        self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=["code"],
                set_={
                    "title": case((new.version > old.version, new.title), else_=old.title),
                    "version": func.greatest(new.version, old.version),
                    "opened_on": func.coalesce(old.opened_on, new.opened_on),
                    "closed_on": func.coalesce(new.closed_on, old.closed_on),
                },
            )
        )

    def find(self, code: str) -> School | None:
        """Return a school."""
        query = select(schools).where(schools.c.code == code)
        row = self._connection.execute(query).first()
        return School(row.code, row.title, row.opened_on, row.closed_on) if row else None

    def listed(self, actor: Actor) -> list[School]:
        """Return the schools in the actor's scope."""
        query = select(schools).order_by(schools.c.code)
        if actor.schools is not None:
            query = query.where(schools.c.code.in_(actor.schools))
        rows = self._connection.execute(query)
        return [School(row.code, row.title, row.opened_on, row.closed_on) for row in rows]

    def titles(self, codes: Iterable[str]) -> dict[str, str]:
        """Return code → title."""
        query = select(schools.c.code, schools.c.title).where(schools.c.code.in_(set(codes)))
        return {row.code: row.title for row in self._connection.execute(query)}

    def override(self, day: date, kind: str, legal_basis: str, version: int) -> bool:
        """Take over a moved day; returns False when a newer word on it is known."""
        fresh = insert(calendar_overrides).values(
            day=day, kind=kind, legal_basis=legal_basis, version=version
        )
        changed = fresh.on_conflict_do_update(
            index_elements=["day"],
            set_={
                "kind": fresh.excluded.kind,
                "legal_basis": fresh.excluded.legal_basis,
                "version": fresh.excluded.version,
            },
            where=fresh.excluded.version > calendar_overrides.c.version,
        ).returning(calendar_overrides.c.day)
        return self._connection.execute(changed).first() is not None

    def overrides(self) -> dict[date, Override]:
        """Return all moved days."""
        rows = self._connection.execute(select(calendar_overrides))
        return {row.day: Override(row.kind, row.legal_basis) for row in rows}
