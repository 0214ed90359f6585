"""Schools as directory told them, and how far campaigns are planned for them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from chassis.schools import SchoolCopies, SchoolTold
from surveys.storage.tables import schools


def unplanned(today: date) -> ColumnElement[bool]:
    """Whether a registered school's calendar was not looked at today."""
    c = schools.c
    looked_at = or_(c.planned_through.is_(None), c.planned_through < today)
    return and_(c.known_from.is_not(None), looked_at)


@dataclass(frozen=True)
class School:
    """`known_from`: the day since when campaigns are made for it, None until it is registered."""

    code: str
    title: str
    known_from: date | None
    closed_on: date | None


class SchoolRepository(SchoolCopies):
    """The schools of one transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, schools)

    def learn(self, event: SchoolTold, **own: object) -> None:
        """Take over what an event says; planned campaigns follow."""
        super().learn(event, planned_through=None, **own)

    def find(self, code: str) -> School | None:
        """Return a school."""
        return next(iter(self._read(schools.c.code == code)), None)

    def to_plan(self, today: date) -> list[School]:
        """Return, locked, the registered schools for which campaigns were not looked at today.

        Those that somebody is changing are left for the next time: who asks to `plan_anew` holds
        many of them, and two that wait for each other would both be stuck.
        """
        return self._read(unplanned(today), lock=True)

    def planned(self, code: str, through: date) -> None:
        """Note that the generator has looked at a school, which `to_plan` locked."""
        self._connection.execute(
            update(schools).where(schools.c.code == code).values(planned_through=through)
        )

    def plan_anew(self) -> None:
        """Ask the generator to look at all schools again."""
        self._connection.execute(update(schools).values(planned_through=None))

    def alone(self, code: str) -> School | None:
        """Lock a school against the generator, and return it: its campaigns are planned here."""
        found = self._read(schools.c.code == code, lock=True, wait=True)
        return next(iter(found), None)

    def _read(
        self, *conditions: ColumnElement[bool], lock: bool = False, wait: bool = False
    ) -> list[School]:
        columns = (schools.c.code, schools.c.title, schools.c.known_from, schools.c.closed_on)
        query = select(*columns).where(*conditions).order_by(schools.c.code)
        if lock:
            query = query.with_for_update(skip_locked=not wait)
        return [School(*row) for row in self._connection.execute(query)]
