"""The tables as of version 1, for the first migration of each service. Frozen: others follow."""

from typing import Any

_CREATE = (
    """
    CREATE TABLE events (
        id uuid NOT NULL CONSTRAINT pk_events PRIMARY KEY,
        source text NOT NULL,
        type text NOT NULL,
        subject text,
        occurred_at timestamptz NOT NULL,
        correlation_id uuid NOT NULL,
        causation_id uuid,
        data jsonb NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )
    """,
    "CREATE INDEX ix_events_correlation_id ON events (correlation_id)",
    "CREATE INDEX ix_events_type_recorded_at ON events (type, recorded_at)",
    # The outbox is emptied as fast as it is filled: without an eager vacuum each look at it
    # would walk over everything that was ever published.
    """
    CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outbox PRIMARY KEY,
        event_id uuid NOT NULL CONSTRAINT fk_outbox_event_id_events REFERENCES events (id),
        target text,
        priority smallint NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now()
    ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)
    """,
    "CREATE INDEX ix_outbox_priority_id ON outbox (priority, id)",
    """
    CREATE TABLE inbox (
        event_id uuid NOT NULL CONSTRAINT pk_inbox PRIMARY KEY,
        received_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE reactions (
        event_id uuid NOT NULL CONSTRAINT pk_reactions PRIMARY KEY,
        type text NOT NULL,
        body bytea NOT NULL,
        state text NOT NULL CONSTRAINT ck_reactions_state
            CHECK (state IN ('retrying', 'parked', 'discarded', 'done')),
        reason text NOT NULL,
        error text NOT NULL DEFAULT '',
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz,
        recorded_at timestamptz,
        received_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        changed_by text NOT NULL DEFAULT 'service',
        CONSTRAINT ck_reactions_next_at CHECK ((state = 'retrying') = (next_at IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_reactions_next_at ON reactions (next_at) WHERE state = 'retrying'",
    "CREATE INDEX ix_reactions_state_type ON reactions (state, type)",
)


def create_v1(op: Any) -> None:
    """Create the tables; `op` is `alembic.op`, or anything else with `execute(sql)`."""
    for statement in _CREATE:
        op.execute(statement)


def drop_v1(op: Any) -> None:
    """Drop what `create_v1` made."""
    for table in ("reactions", "inbox", "outbox", "events"):
        op.execute(f"DROP TABLE {table}")
