"""Schools and moved days, as directory told them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from surveys.storage.tables import calendar_overrides, schools
from workdays import Override


@dataclass(frozen=True)
class School:
    """`known_from`: the day since when campaigns are made for it, None until it is registered."""

    code: str
    title: str
    known_from: date | None
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
        level: str | None = None,
        known_from: date | None = None,
        closed_on: date | None = None,
    ) -> None:
        """Take over what an event says; order is not promised.

        Title and level follow the highest version; the days are each told once and kept.
        """
        fresh = insert(schools).values(
            code=code,
            title=title or code,
            level=level or "",
            known_from=known_from,
            closed_on=closed_on,
            version=version if title else 0,
        )
        new, old = fresh.excluded, schools.c
        newer = new.version > old.version
        self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=["code"],
                set_={
                    "title": case((newer, new.title), else_=old.title),
                    "level": case((newer, new.level), else_=old.level),
                    "version": func.greatest(new.version, old.version),
                    "known_from": func.coalesce(old.known_from, new.known_from),
                    "closed_on": func.coalesce(new.closed_on, old.closed_on),
                    "planned_through": None,
                },
            )
        )

    def find(self, code: str) -> School | None:
        """Return a school."""
        return next(iter(self._read(schools.c.code == code)), None)

    def titles(self, codes: Iterable[str]) -> dict[str, str]:
        """Return code → title."""
        query = select(schools.c.code, schools.c.title).where(schools.c.code.in_(set(codes)))
        return {row.code: row.title for row in self._connection.execute(query)}

    def to_plan(self, today: date) -> list[School]:
        """Return the registered schools for which campaigns were not looked at today."""
        return self._read(
            schools.c.known_from.is_not(None),
            or_(schools.c.planned_through.is_(None), schools.c.planned_through < today),
        )

    def planned(self, code: str, through: date) -> None:
        """Note that the generator has looked at a school."""
        self._connection.execute(
            update(schools).where(schools.c.code == code).values(planned_through=through)
        )

    def override(self, day: date, kind: str, legal_basis: str, version: int) -> None:
        """Take over a moved day, unless a newer word on it is known; planned campaigns follow."""
        fresh = insert(calendar_overrides).values(
            day=day, kind=kind, legal_basis=legal_basis, version=version
        )
        changed = self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=["day"],
                set_={
                    "kind": fresh.excluded.kind,
                    "legal_basis": fresh.excluded.legal_basis,
                    "version": fresh.excluded.version,
                },
                where=fresh.excluded.version > calendar_overrides.c.version,
            ).returning(calendar_overrides.c.day)
        ).first()
        if changed:
            self._connection.execute(update(schools).values(planned_through=None))

    def overrides(self) -> dict[date, Override]:
        """Return all moved days."""
        rows = self._connection.execute(select(calendar_overrides))
        return {row.day: Override(row.kind, row.legal_basis) for row in rows}

    def _read(self, *conditions: ColumnElement[bool]) -> list[School]:
        columns = (schools.c.code, schools.c.title, schools.c.known_from, schools.c.closed_on)
        query = select(*columns).where(*conditions).order_by(schools.c.code)
        return [School(*row) for row in self._connection.execute(query)]
