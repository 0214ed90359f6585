"""How far reports are inside their schools, and who may sign in place."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from contracts.rpc.preparing import PreparationStage
from reports.domain.preparing import Preparation, SigningAuthority
from reports.storage.preparing_tables import preparations, signing_authorities

_p = preparations.c
_a = signing_authorities.c


class PreparationRepository:
    """The tables `preparations` and `signing_authorities` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, obligation_id: UUID) -> Preparation | None:
        """Return how far a report is; None while nobody prepares it."""
        query = select(preparations).where(_p.obligation_id == obligation_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Preparation(**dict(row))

    def stages(self, obligation_ids: Iterable[UUID]) -> dict[UUID, PreparationStage]:
        """Return the stages of those that somebody prepares."""
        query = select(_p.obligation_id, _p.stage).where(_p.obligation_id.in_(obligation_ids))
        return {row.obligation_id: row.stage for row in self._connection.execute(query)}

    def save(self, preparation: Preparation) -> None:
        """Store how far a report is, whose obligation this transaction has locked."""
        values = asdict(preparation)
        self._connection.execute(
            insert(preparations)
            .values(**values)
            .on_conflict_do_update(constraint="pk_preparations", set_=values)
        )

    def authorise(self, authority: SigningAuthority) -> None:
        """Store a new authority."""
        self._connection.execute(insert(signing_authorities).values(**asdict(authority)))

    def authorities(self, school: str) -> list[SigningAuthority]:
        """Return the authorities of a school, the newest first."""
        query = select(signing_authorities).where(_a.school == school)
        rows = self._connection.execute(query.order_by(_a.given_at.desc(), _a.authority_id))
        return [SigningAuthority(**dict(row)) for row in rows.mappings()]

    def authority(self, authority_id: UUID, actor: Actor) -> SigningAuthority | None:
        """Return, locked, an authority in the actor's scope."""
        query = select(signing_authorities).where(
            _a.authority_id == authority_id, in_scope(actor, _a.school)
        )
        row = self._connection.execute(query.with_for_update()).mappings().one_or_none()
        return None if row is None else SigningAuthority(**dict(row))

    def end(self, authority_id: UUID, at: datetime) -> None:
        """Let an authority hold no more."""
        self._connection.execute(
            update(signing_authorities).where(_a.authority_id == authority_id).values(ended_at=at)
        )
