"""Obligations: planned once, changed under a lock, listed by scope."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, case, func, or_, select, text, tuple_

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from contracts.rpc.obligations import ObligationState
from messaging.bulk import as_rows, inserting, updating
from reports.domain.obligations import WAITING, Obligation
from reports.domain.timeliness import Standing, standing
from reports.storage.rows import CHANGING, NEW, changing_values, new_values, obligation_of
from reports.storage.tables import obligations
from workdays import Period

_c = obligations.c
_ADD: Final = text(
    inserting(obligations, *NEW) + " ON CONFLICT ON CONSTRAINT uq_obligations_owed DO NOTHING"
    " RETURNING obligation_id"
).columns(_c.obligation_id)
_SAVE: Final = text(updating(obligations, "obligation_id", *CHANGING))


class ObligationRepository:
    """The table `obligations` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Iterable[Obligation]) -> set[UUID]:
        """Store new obligations; returns those that their schools did not owe already."""
        rows = [new_values(one) for one in new]
        return set(self._connection.execute(_ADD, as_rows(rows)).scalars()) if rows else set()

    def save(self, changed: Iterable[Obligation]) -> None:
        """Store what changed of obligations that this transaction has locked."""
        rows = [{"obligation_id": one.obligation_id} | changing_values(one) for one in changed]
        if rows:
            self._connection.execute(_SAVE, as_rows(rows))

    def owed_by(self, schools: Collection[str]) -> set[tuple[str, str, str, int, int]]:
        """Return (school, kind, period kind, year, index) of all that schools owe or owed."""
        query = select(_c.school, _c.kind, _c.period_kind, _c.period_year, _c.period_index)
        rows = self._connection.execute(query.where(_c.school.in_(schools)))
        return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}

    def get(self, obligation_id: UUID, actor: Actor, *, lock: bool = False) -> Obligation | None:
        """Return an obligation in the actor's scope; `lock` keeps it until the end."""
        query = select(obligations).where(
            _c.obligation_id == obligation_id, in_scope(actor, _c.school)
        )
        if lock:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else obligation_of(row)

    def of_period(self, school: str, kind: str, period: Period) -> Obligation | None:
        """Return what a school owes or owed of a kind for a period."""
        named = tuple_(_c.period_kind, _c.period_year, _c.period_index)
        query = select(obligations).where(
            _c.school == school,
            _c.kind == kind,
            named == (period.kind, period.year, period.index),
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else obligation_of(row)

    def due_for_turn(self, today: date, limit: int) -> list[Obligation]:
        """Return, locked, obligations that time changes by `today`, those first to change first."""
        query = (
            select(obligations)
            .where(_c.next_turn_on <= today)
            .order_by(_c.next_turn_on, _c.due_on, _c.obligation_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [obligation_of(row) for row in self._connection.execute(query).mappings()]

    def waiting(self, *, school: str | None = None, after: date | None = None) -> list[Obligation]:
        """Return, locked in the order of their ids, obligations with nothing submitted.

        `school` narrows to one, `after` to periods that end after a day.
        """
        query = select(obligations).where(_c.state.in_(WAITING)).order_by(_c.obligation_id)
        if school is not None:
            query = query.where(_c.school == school)
        if after is not None:
            query = query.where(_c.ends_on > after)
        rows = self._connection.execute(query.with_for_update()).mappings()
        return [obligation_of(row) for row in rows]

    def listed(
        self,
        actor: Actor,
        *,
        school: str | None = None,
        state: ObligationState | None = None,
        kind: str | None = None,
        period: Period | None = None,
    ) -> list[Obligation]:
        """Return the obligations in scope, earliest deadline first."""
        query = (
            select(obligations)
            .where(in_scope(actor, _c.school, school))
            .order_by(_c.due_on, _c.school, _c.kind, _c.ends_on)
        )
        for column, value in ((_c.state, state), (_c.kind, kind)):
            if value is not None:
                query = query.where(column == value)
        if period is not None:
            named = tuple_(_c.period_kind, _c.period_year, _c.period_index)
            query = query.where(named == (period.kind, period.year, period.index))
        return [obligation_of(row) for row in self._connection.execute(query).mappings()]

    def standings(
        self, schools: Sequence[str], first: date, last: date
    ) -> dict[tuple[str, str, Standing], int]:
        """Return (school, kind, standing) → number, of deadlines from `first` to `last`."""
        late = case((func.coalesce(_c.late_working_days, 0) > 0, 1), else_=0)
        query = (
            select(_c.school, _c.kind, _c.state, late.label("late"), func.count().label("n"))
            .where(
                _c.school.in_(schools),
                or_(_c.due_on.between(first, last), _c.state == "overdue"),
            )
            .group_by(_c.school, _c.kind, _c.state, late)
        )
        counts: dict[tuple[str, str, Standing], int] = {}
        for row in self._connection.execute(query):
            key = (row.school, row.kind, standing(row.state, row.late))
            counts[key] = counts.get(key, 0) + row.n
        return counts
