"""Exemptions of schools: rows in, rows out."""

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, select

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from surveys.domain.exemptions import Exemption
from surveys.storage.planning_tables import exemptions


class ExemptionRepository:
    """The exemptions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self, schools: Iterable[str]) -> list[Exemption]:
        """Return those of some schools that were not lifted."""
        query = select(exemptions).where(
            exemptions.c.school.in_(sorted(set(schools))), exemptions.c.lifted_on.is_(None)
        )
        return [Exemption(**row) for row in self._connection.execute(query).mappings()]

    def listed(self, school: str | None, actor: Actor) -> list[Exemption]:
        """Return those in the actor's scope, lifted ones too, the latest days first."""
        c = exemptions.c
        query = (
            select(exemptions)
            .where(in_scope(actor, c.school, school))
            .order_by(c.ends_on.desc(), c.school, c.id)
        )
        return [Exemption(**row) for row in self._connection.execute(query).mappings()]

    def find(self, exemption_id: UUID, actor: Actor) -> Exemption | None:
        """Return one in the actor's scope. Whoever changes it has locked its school."""
        query = select(exemptions).where(exemptions.c.id == exemption_id)
        row = self._connection.execute(query).mappings().first()
        return Exemption(**row) if row and actor.may_see(row["school"]) else None

    def add(self, exemption: Exemption) -> None:
        """Insert."""
        self._connection.execute(exemptions.insert().values(asdict(exemption)))

    def save(self, exemption: Exemption) -> None:
        """Write back one that was read."""
        self._connection.execute(
            exemptions.update().where(exemptions.c.id == exemption.id).values(asdict(exemption))
        )
