"""Where inspections, findings, remedies, tasks, petitions and demands stand, by their events."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, case, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from reports.storage.read_tables import matters

# These wait for somebody; the others ended, or are facts.
WAITING = ("proposed", "escalated", "ordered", "open", "overdue")
_FILLED = ("parent_id", "kind", "severity", "hidden", "ended_on", "late_working_days")

MatterCounts = dict[tuple[str, str, str], int]


class MatterRepository:
    """The table `matters` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(
        self, matter_id: UUID, sort: str, school: str, state: str, version: int, **told: Any
    ) -> None:
        """Keep what an event tells of a matter, in whatever order events come.

        State and due date follow the highest version that tells one, `opened_on` is the earliest
        told; other columns are filled by the event that knows them: `parent_id`, `kind`,
        `severity`, `hidden`, `ended_on`, `late_working_days`.
        """
        new = insert(matters).values(
            matter_id=matter_id,
            sort=sort,
            school=school,
            state=state,
            version=version,
            due_version=None if told.get("due_on") is None else version,
            **told,
        )
        old, fresh = matters.c, new.excluded
        newer = fresh.version > old.version
        due = func.coalesce(fresh.due_version, 0) > func.coalesce(old.due_version, 0)
        changed: dict[str, Any] = {
            name: func.coalesce(old[name], fresh[name]) for name in _FILLED if name in told
        }
        changed |= {
            "state": case((newer, fresh.state), else_=old.state),
            "opened_on": func.least(old.opened_on, fresh.opened_on),
            "due_on": case((due, fresh.due_on), else_=old.due_on),
            "due_version": func.greatest(old.due_version, fresh.due_version),
            "version": func.greatest(old.version, fresh.version),
        }
        self._connection.execute(new.on_conflict_do_update(constraint="pk_matters", set_=changed))

    def counts(self, schools: Collection[str], since: date, *, hidden: bool) -> MatterCounts:
        """Return (school, sort, state) → number: what waits now, what else began since a day.

        Without `hidden`, what concerns the head is left out, with all that follows from it.
        """
        m, parent, origin = matters.c, matters.alias("parent"), matters.alias("origin")
        query = (
            select(m.school, m.sort, m.state, func.count().label("n"))
            .where(
                m.school.in_(schools),
                or_(m.state.in_(WAITING), m.opened_on.is_(None), m.opened_on >= since),
            )
            .group_by(m.school, m.sort, m.state)
        )
        if not hidden:
            joined = matters.outerjoin(parent, m.parent_id == parent.c.matter_id)
            joined = joined.outerjoin(origin, parent.c.parent_id == origin.c.matter_id)
            known = func.coalesce(m.hidden, parent.c.hidden, origin.c.hidden, True)
            query = query.select_from(joined).where(~known)
        rows = self._connection.execute(query)
        return {(row.school, row.sort, row.state): row.n for row in rows}
