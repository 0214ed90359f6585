"""What drafts are made of: matters and their events, values by hand, what was approved."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from chassis.clock import local_day
from contracts.envelope import Envelope
from contracts.rpc.base import Actor
from contracts.rpc.drafts import FigureEvent
from messaging.tables import events
from reports.domain.drafts import Correction, Figure, Matter
from reports.storage.draft_tables import figure_corrections, frozen_figures, origins
from reports.storage.read_tables import matters
from reports.storage.tables import obligations

_f = frozen_figures.c
_k = figure_corrections.c


class DraftRepository:
    """The tables behind drafts over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn_origin(self, envelope: Envelope, matter_id: UUID) -> None:
        """Keep that an event told of a matter; told again, it changes nothing."""
        self._connection.execute(
            upsert(origins)
            .values(
                event_id=envelope.id,
                matter_id=matter_id,
                name=envelope.type,
                on=local_day(envelope.time),
                correlation_id=envelope.correlationid,
            )
            .on_conflict_do_nothing(constraint="pk_origins")
        )

    def origins_of(self, matter_ids: Collection[UUID]) -> list[FigureEvent]:
        """Return the events that told of these matters, by their day."""
        c = origins.c
        query = select(origins).where(c.matter_id.in_(matter_ids)).order_by(c.on, c.event_id)
        rows = self._connection.execute(query).mappings()
        return [FigureEvent.model_validate(dict(row)) for row in rows]

    def told_of(self, obligation_ids: Collection[UUID]) -> list[FigureEvent]:
        """Return what reports itself told of these obligations, by time."""
        c, o = events.c, obligations.c
        about = c.data["obligation_id"].astext
        chains = select(o.correlation_id).where(o.obligation_id.in_(obligation_ids))
        query = (
            select(c.id, c.type, c.occurred_at, c.correlation_id, about.label("matter_id"))
            .where(c.correlation_id.in_(chains), about.in_([str(one) for one in obligation_ids]))
            .order_by(c.occurred_at, c.recorded_at)
        )
        return [
            FigureEvent(
                event_id=row.id,
                name=row.type,
                on=local_day(row.occurred_at),
                matter_id=row.matter_id,
                correlation_id=row.correlation_id,
            )
            for row in self._connection.execute(query)
        ]

    def matters_of(self, school: str, until: date) -> list[Matter]:
        """Return the matters of a school that began by a day, without what concerns its head."""
        m, parent, origin = matters.c, matters.alias("parent"), matters.alias("origin")
        joined = matters.outerjoin(parent, m.parent_id == parent.c.matter_id)
        joined = joined.outerjoin(origin, parent.c.parent_id == origin.c.matter_id)
        hidden = func.coalesce(m.hidden, parent.c.hidden, origin.c.hidden, True)
        query = (
            select(
                m.matter_id,
                m.sort,
                m.kind,
                m.state,
                m.opened_on,
                m.ended_on,
                m.late_working_days,
            )
            .select_from(joined)
            .where(m.school == school, ~hidden, func.coalesce(m.opened_on, until) <= until)
            .order_by(m.opened_on, m.matter_id)
        )
        return [Matter(**dict(row)) for row in self._connection.execute(query).mappings()]

    def correct(self, obligation_id: UUID, one: Correction, actor: Actor) -> None:
        """Keep a value by hand."""
        self._connection.execute(
            insert(figure_corrections).values(
                obligation_id=obligation_id,
                code=one.code,
                value=one.value,
                computed=one.computed,
                reason=one.reason,
                by_account=actor.account_id,
                by_role=one.by_role,
                by_name=one.by_name,
                at=one.at,
            )
        )

    def corrections(self, obligation_id: UUID) -> list[Correction]:
        """Return what was corrected by hand, the newest last."""
        query = select(
            _k.code, _k.value, _k.computed, _k.reason, _k.by_role, _k.by_name, _k.at
        ).where(_k.obligation_id == obligation_id)
        rows = self._connection.execute(query.order_by(_k.id)).mappings()
        return [Correction(**dict(row)) for row in rows]

    def freeze(
        self,
        obligation_id: UUID,
        figures: Mapping[str, tuple[Figure, float | None]],
        at: datetime,
    ) -> None:
        """Keep code → (computed figure, value) as approved, in place of what was kept before."""
        self.thaw(obligation_id)
        rows = [
            {
                "obligation_id": obligation_id,
                "code": code,
                "computed": figure.value,
                "value": value,
                "sources": [str(one) for one in figure.sources],
                "frozen_at": at,
            }
            for code, (figure, value) in figures.items()
        ]
        if rows:
            self._connection.execute(insert(frozen_figures), rows)

    def thaw(self, obligation_id: UUID) -> None:
        """Let the figures of a report follow the events again."""
        self._connection.execute(delete(frozen_figures).where(_f.obligation_id == obligation_id))

    def frozen(
        self, obligation_id: UUID
    ) -> tuple[datetime, dict[str, tuple[Figure, float | None]]] | None:
        """Return since when the figures stand, and code → (computed figure, value), or None."""
        query = select(frozen_figures).where(_f.obligation_id == obligation_id)
        rows = self._connection.execute(query).all()
        if not rows:
            return None
        found = {
            row.code: (Figure(row.computed, tuple(map(UUID, row.sources))), row.value)
            for row in rows
        }
        return rows[0].frozen_at, found
