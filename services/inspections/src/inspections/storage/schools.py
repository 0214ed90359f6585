"""Schools as directory told them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from chassis.schools import SchoolCopies
from chassis.scope import in_scope
from contracts.rpc.base import Actor
from inspections.storage.side_tables import schools


@dataclass(frozen=True)
class School:
    """`opened_on` is None until its registration is known: events may come in any order."""

    code: str
    title: str
    opened_on: date | None
    closed_on: date | None


class SchoolRepository(SchoolCopies):
    """The schools of one transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, schools)

    def find(self, code: str) -> School | None:
        """Return a school."""
        query = select(schools).where(schools.c.code == code)
        row = self._connection.execute(query).first()
        return School(row.code, row.title, row.opened_on, row.closed_on) if row else None

    def listed(self, actor: Actor) -> list[School]:
        """Return the schools in the actor's scope."""
        query = select(schools).where(in_scope(actor, schools.c.code)).order_by(schools.c.code)
        rows = self._connection.execute(query)
        return [School(row.code, row.title, row.opened_on, row.closed_on) for row in rows]
