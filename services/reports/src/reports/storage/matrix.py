"""How many obligations stand, in a few columns each: school × kind × period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from contracts.rpc.obligations import ObligationState
from reports.domain.documents.letter import Letter
from reports.domain.documents.records import letter_of
from reports.storage.document_tables import documents
from reports.storage.draft_tables import frozen_figures
from reports.storage.tables import obligations, schools
from workdays import Period

_o = obligations.c


@dataclass(frozen=True)
class Standing:
    """One obligation, as a cell of the matrix shows it."""

    obligation_id: UUID
    school: str
    title: str
    kind: str
    kind_version: int
    period: Period
    state: ObligationState
    due_on: date
    submitted_on: date | None
    late_working_days: int | None
    withdrawn: bool


@dataclass(frozen=True)
class Written:
    """What a report's document says: its letter, and what people wrote part by part."""

    letter: Letter
    texts: tuple[str, ...]


class MatrixRepository:
    """Reads obligations, their figures and their documents for many schools at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def years(self, actor: Actor) -> tuple[int, ...]:
        """Return the reporting years of what is owed in scope, the newest first."""
        query = select(_o.period_year).where(in_scope(actor, _o.school)).distinct()
        return tuple(
            self._connection.execute(query.order_by(_o.period_year.desc())).scalars().all()
        )

    def cells(
        self, actor: Actor, year: int, *, kind: str | None, period: Period | None, limit: int
    ) -> list[Standing]:
        """Return at most `limit` obligations of a reporting year, school by school by title."""
        query = (
            select(
                _o.obligation_id,
                _o.school,
                schools.c.title,
                _o.kind,
                _o.kind_version,
                _o.period_kind,
                _o.period_year,
                _o.period_index,
                _o.starts_on,
                _o.ends_on,
                _o.state,
                _o.due_on,
                _o.submitted_on,
                _o.late_working_days,
                _o.withdrawn,
            )
            .join(schools, schools.c.code == _o.school)
            .where(_o.period_year == year, in_scope(actor, _o.school))
            .order_by(schools.c.title.collate("vi-x-icu"), _o.school, _o.ends_on, _o.kind)
            .limit(limit)
        )
        if kind is not None:
            query = query.where(_o.kind == kind)
        if period is not None:
            named = tuple_(_o.period_kind, _o.period_year, _o.period_index)
            query = query.where(named == (period.kind, period.year, period.index))
        return [_standing(row) for row in self._connection.execute(query)]

    def figures(self, obligation_ids: Collection[UUID]) -> dict[tuple[UUID, str], float | None]:
        """Return (obligation, figure) → value of the reports as they were approved or sent."""
        f = frozen_figures.c
        query = select(f.obligation_id, f.code, f.value).where(f.obligation_id.in_(obligation_ids))
        return {(row.obligation_id, row.code): row.value for row in self._connection.execute(query)}

    def written(self, obligation_ids: Collection[UUID]) -> dict[UUID, Written]:
        """Return obligation → the newest document that left its school, where one did."""
        d = documents.c
        query = (
            select(d.obligation_id, d.letter, d.texts)
            .ext(distinct_on(d.obligation_id))
            .where(d.obligation_id.in_(obligation_ids), d.submission.is_not(None))
            .order_by(d.obligation_id, d.numbered_at.desc(), d.document_id)
        )
        return {
            row.obligation_id: Written(letter_of(row.letter), tuple(row.texts))
            for row in self._connection.execute(query)
        }


def _standing(row: Any) -> Standing:
    return Standing(
        obligation_id=row.obligation_id,
        school=row.school,
        title=row.title,
        kind=row.kind,
        kind_version=row.kind_version,
        period=Period(
            row.period_kind, row.period_year, row.period_index, row.starts_on, row.ends_on
        ),
        state=row.state,
        due_on=row.due_on,
        submitted_on=row.submitted_on,
        late_working_days=row.late_working_days,
        withdrawn=row.withdrawn,
    )
