"""Obligations: planned once, changed under a lock, listed by scope."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, case, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from contracts.rpc.base import Actor
from contracts.rpc.obligations import ObligationState
from reports.domain.obligations import WAITING, Obligation
from reports.domain.timeliness import Standing, standing
from reports.storage.rows import obligation_of, obligation_values, period_values
from reports.storage.tables import obligations
from workdays import Period

_c = obligations.c


class ObligationRepository:
    """The table `obligations` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, obligation: Obligation) -> bool:
        """Store a new obligation; False when the school owes this report already."""
        values = obligation_values(obligation) | period_values(obligation.period)
        added = self._connection.execute(
            insert(obligations)
            .values(
                **values,
                obligation_id=obligation.obligation_id,
                school=obligation.school,
                kind=obligation.kind,
                kind_version=obligation.kind_version,
                correlation_id=obligation.correlation_id,
            )
            .on_conflict_do_nothing(constraint="uq_obligations_owed")
            .returning(_c.obligation_id)
        )
        return added.one_or_none() is not None

    def save(self, obligation: Obligation) -> None:
        """Store what changed of an obligation that this transaction has locked."""
        self._connection.execute(
            update(obligations)
            .where(_c.obligation_id == obligation.obligation_id)
            .values(**obligation_values(obligation))
        )

    def owed_by(self, schools: Collection[str]) -> set[tuple[str, str, str, int, int]]:
        """Return (school, kind, period kind, year, index) of all that schools owe or owed."""
        query = select(_c.school, _c.kind, _c.period_kind, _c.period_year, _c.period_index)
        rows = self._connection.execute(query.where(_c.school.in_(schools)))
        return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}

    def get(self, obligation_id: UUID, actor: Actor, *, lock: bool = False) -> Obligation | None:
        """Return an obligation in the actor's scope; `lock` keeps it until the end."""
        query = select(obligations).where(_c.obligation_id == obligation_id)
        if actor.schools is not None:
            query = query.where(_c.school.in_(actor.schools))
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
        query = select(obligations).order_by(_c.due_on, _c.school, _c.kind, _c.ends_on)
        if actor.schools is not None:
            query = query.where(_c.school.in_(actor.schools))
        for column, value in ((_c.school, school), (_c.state, state), (_c.kind, kind)):
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
