"""Reports of improper demands, and who may see which."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, false, func, select

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from contracts.rpc.surveys import DemandDetail, DemandReport
from surveys.domain.secrecy import sees_about_head, sees_demands
from surveys.storage.answer_tables import demand_reports

_c = demand_reports.c
_HEAD = [column.label("report_id") if column is _c.id else column for column in _c]


class DemandRepository:
    """The reports of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert reports."""
        if rows:
            self._connection.execute(demand_reports.insert(), list(rows))

    def listed(self, school: str | None, actor: Actor) -> list[DemandReport]:
        """Return the reports that the actor may see, newest day first, without their text."""
        query = select(*_HEAD).where(_visible(actor)).order_by(_c.day.desc(), _c.school, _c.id)
        if school is not None:
            query = query.where(_c.school == school)
        rows = self._connection.execute(query).mappings()
        return [DemandReport.model_validate(dict(row)) for row in rows]

    def seen(self, report_id: UUID, actor: Actor) -> DemandDetail | None:
        """Return one report with its text, if the actor may see it."""
        query = select(*_HEAD).where(_c.id == report_id, _visible(actor))
        row = self._connection.execute(query).mappings().first()
        return DemandDetail.model_validate(dict(row)) if row else None

    def count(self, campaign_ids: Iterable[UUID], actor: Actor) -> dict[UUID, int]:
        """Return how many reports of each campaign the actor may see."""
        query = (
            select(_c.campaign_id, func.count())
            .where(_c.campaign_id.in_(sorted(set(campaign_ids))), _visible(actor))
            .group_by(_c.campaign_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _visible(actor: Actor) -> ColumnElement[bool]:
    if not sees_demands(actor.role):
        return false()
    seen = in_scope(actor, _c.school)
    return seen if sees_about_head(actor.role) else and_(seen, _c.concerns_head.is_(False))
