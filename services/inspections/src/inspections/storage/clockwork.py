"""What has become due, over all kinds of matters, the longest due first."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Table, literal, select, union_all

from inspections.domain.finding import Finding
from inspections.domain.inspection import Inspection
from inspections.domain.matters import Matter
from inspections.domain.petition import Petition
from inspections.domain.remedy import Remedy
from inspections.domain.task import ImprovementTask
from inspections.storage import tables

KINDS: Final[tuple[tuple[str, Table, type[Matter]], ...]] = (
    ("inspections", tables.inspections, Inspection),
    ("findings", tables.findings, Finding),
    ("remedies", tables.remedies, Remedy),
    ("tasks", tables.improvement_tasks, ImprovementTask),
    ("petitions", tables.petitions, Petition),
)
AT_ONCE: Final = 200


class Due(NamedTuple):
    """A matter that waits and whose day is over."""

    due_on: date
    kind: str
    id: UUID


def due(connection: Connection, today: date, but: Iterable[UUID] = ()) -> list[Due]:
    """Return what is due, the longest due first, at most 200; `but` is left out. Locks nothing."""
    left_out = list(but)
    queries = [
        select(table.c.due_on, literal(name).label("kind"), table.c.id).where(
            table.c.state == record.waiting,
            table.c.due_on < today,
            table.c.id.not_in(left_out),
        )
        for name, table, record in KINDS
    ]
    query = union_all(*queries).order_by("due_on", "kind", "id").limit(AT_ONCE)
    return [Due(*row) for row in connection.execute(query)]
