"""Who did what, when, before and after: one row per command, in the command's own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Identity,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from contracts.rpc.base import Actor

metadata = MetaData()

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("happened_at", DateTime(timezone=True), nullable=False),
    Column("account_id", Uuid),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("school", Text, index=True),
    Column("correlation_id", Uuid, nullable=False),
    Column("before", JSONB),
    Column("after", JSONB),
)


def write(
    connection: Connection,
    actor: Actor,
    action: str,
    subject: str,
    *,
    at: datetime,
    correlation_id: UUID,
    school: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one audit row. `before` and `after` hold ids, codes and dates; secrets never."""
    connection.execute(
        audit_entries.insert().values(
            happened_at=at,
            account_id=actor.account_id,
            role=actor.role,
            action=action,
            subject=subject,
            school=school,
            correlation_id=correlation_id,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
        )
    )
