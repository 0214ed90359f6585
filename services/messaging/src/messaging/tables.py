"""The four tables that messaging keeps in each service's database."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

RETRYING: Final = "retrying"
PARKED: Final = "parked"
DISCARDED: Final = "discarded"
DONE: Final = "done"
STATES: Final = (RETRYING, PARKED, DISCARDED, DONE)

_moment = DateTime(timezone=True)
_now = text("now()")

# What this service told, for good. `occurred_at` is business time, `recorded_at` the real clock.
events = Table(
    "events",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("source", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("subject", Text),
    Column("occurred_at", _moment, nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("causation_id", Uuid),
    Column("data", JSONB, nullable=False),
    Column("recorded_at", _moment, nullable=False, server_default=text("clock_timestamp()")),
    PrimaryKeyConstraint("id", name="pk_events"),
    Index("ix_events_correlation_id", "correlation_id"),
    Index("ix_events_type_recorded_at", "type", "recorded_at"),
)

# What is still to be published. `target` names one service (`republish`), None the exchange.
# Rows of a lower `priority` number go first, so that a republished year delays nothing new.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("target", Text),
    Column("priority", SmallInteger, nullable=False, server_default=text("0")),
    Column("due_at", _moment, nullable=False, server_default=_now),
    Column("created_at", _moment, nullable=False, server_default=_now),
    PrimaryKeyConstraint("id", name="pk_outbox"),
    ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_outbox_event_id_events"),
    Index("ix_outbox_priority_id", "priority", "id"),
)

# Every event that this service has taken over, done or not: what is in here is never taken twice.
inbox = Table(
    "inbox",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("received_at", _moment, nullable=False, server_default=_now),
    PrimaryKeyConstraint("event_id", name="pk_inbox"),
)

# The ledger of reactions that did not simply succeed at once.
reactions = Table(
    "reactions",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("error", Text, nullable=False, server_default=text("''")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_at", _moment),
    Column("recorded_at", _moment),
    Column("received_at", _moment, nullable=False, server_default=_now),
    Column("changed_at", _moment, nullable=False, server_default=_now),
    Column("changed_by", Text, nullable=False, server_default=text("'service'")),
    PrimaryKeyConstraint("event_id", name="pk_reactions"),
    CheckConstraint(
        "state IN ('retrying', 'parked', 'discarded', 'done')", name="ck_reactions_state"
    ),
    CheckConstraint("(state = 'retrying') = (next_at IS NOT NULL)", name="ck_reactions_next_at"),
    Index("ix_reactions_next_at", "next_at", postgresql_where=text("state = 'retrying'")),
    Index("ix_reactions_state_type", "state", "type"),
)
