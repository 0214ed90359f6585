"""Schools: the units that everything else is about."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Connection, insert, select, update

from directory.domain.records import School
from directory.storage.tables import schools, units
from directory.storage.units import VIETNAMESE

_SCHOOL = (
    schools.c.code,
    units.c.title,
    schools.c.level,
    schools.c.opened_on,
    schools.c.closed_on,
    units.c.version,
)


class SchoolRepository:
    """The schools of one transaction; their titles and versions stand with the units."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, code: str, level: str, opened_on: date) -> None:
        """Add what makes a unit a school."""
        self._connection.execute(
            insert(schools).values(code=code, level=level, opened_on=opened_on)
        )

    def find(self, code: str) -> School | None:
        """Return a school."""
        return next(iter(self._read(schools.c.code == code)), None)

    def lock(self, code: str) -> School | None:
        """Return a school that nobody else changes until this transaction ends."""
        self._connection.execute(
            select(units.c.code).where(units.c.code == code).with_for_update(key_share=True)
        )
        return self.find(code)

    def listed(self, codes: Collection[str] | None) -> list[School]:
        """Return these schools, or all, by their titles in Vietnamese order."""
        return self._read() if codes is None else self._read(schools.c.code.in_(codes))

    def change(self, code: str, title: str, level: str) -> None:
        """Set title and level."""
        self._connection.execute(update(units).where(units.c.code == code).values(title=title))
        self._connection.execute(update(schools).where(schools.c.code == code).values(level=level))

    def close(self, code: str, closed_on: date) -> None:
        """Set the last day."""
        self._connection.execute(
            update(schools).where(schools.c.code == code).values(closed_on=closed_on)
        )

    def _read(self, *conditions: ColumnElement[bool]) -> list[School]:
        query = (
            select(*_SCHOOL)
            .join(units, units.c.code == schools.c.code)
            .where(*conditions)
            .order_by(units.c.title.collate(VIETNAMESE), schools.c.code)
        )
        return [School(*row) for row in self._connection.execute(query)]
