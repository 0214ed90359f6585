"""Units and their dated places."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from chassis.database import lock_key
from directory.domain.hierarchies import Membership, Placement
from directory.domain.records import Unit
from directory.storage.tables import memberships, units

VIETNAMESE = "vi-x-icu"
_ROW = (
    memberships.c.unit,
    memberships.c.hierarchy,
    memberships.c.parent,
    memberships.c.valid_from,
    memberships.c.valid_to,
)


class UnitRepository:
    """The units of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_hierarchies(self) -> None:
        """Let nobody else move units until this transaction ends: a cycle takes two moves."""
        self._connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key("directory.hierarchies")}
        )

    def add(self, code: str, title: str, kind: str, version: int = 0) -> bool:
        """Add a unit or school; False when the code is taken."""
        row = upsert(units).values(code=code, title=title, kind=kind, version=version)
        added = self._connection.execute(row.on_conflict_do_nothing().returning(units.c.code))
        return added.first() is not None

    def listed(self) -> list[Unit]:
        """Return all units that are no schools, by their titles in Vietnamese order."""
        query = (
            select(units.c.code, units.c.title, units.c.kind, units.c.version)
            .where(units.c.kind != "school")
            .order_by(units.c.title.collate(VIETNAMESE), units.c.code)
        )
        return [Unit(*row) for row in self._connection.execute(query)]

    def kinds(self, codes: Iterable[str]) -> dict[str, str]:
        """Return code → kind, "school" among them, of those that exist."""
        query = select(units.c.code, units.c.kind).where(units.c.code.in_(set(codes)))
        return {row.code: row.kind for row in self._connection.execute(query)}

    def next_version(self, code: str) -> int:
        """Count one more thing told about a unit or school."""
        counted = (
            update(units)
            .where(units.c.code == code)
            .values(version=units.c.version + 1)
            .returning(units.c.version)
        )
        version: int = self._connection.execute(counted).scalar_one()
        return version

    def memberships(self, codes: Iterable[str] | None = None) -> list[Membership]:
        """Return the rows of these units, or of all, by unit, hierarchy and day."""
        query = select(*_ROW).order_by(*_ROW[:2], memberships.c.valid_from)
        if codes is not None:
            query = query.where(memberships.c.unit.in_(set(codes)))
        return [Membership(*row) for row in self._connection.execute(query)]

    def put(self, placement: Placement) -> None:
        """Store a placement: first the cut, so that no day has two parents."""
        cut, placed = placement.cut, placement.placed
        if cut is not None:
            self._connection.execute(
                update(memberships)
                .where(
                    memberships.c.unit == cut.unit,
                    memberships.c.hierarchy == cut.hierarchy,
                    memberships.c.valid_from == cut.valid_from,
                )
                .values(valid_to=cut.valid_to)
            )
        self._connection.execute(
            insert(memberships).values(
                unit=placed.unit,
                hierarchy=placed.hierarchy,
                parent=placed.parent,
                valid_from=placed.valid_from,
                valid_to=placed.valid_to,
            )
        )
