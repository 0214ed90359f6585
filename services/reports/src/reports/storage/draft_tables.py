"""The tables of drafts: events behind the matters, values by hand, what was approved."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Identity,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from reports.storage.tables import MOMENT, metadata, obligations

# The events that told of a matter or a campaign: a read model, filled as they come.
origins = Table(
    "origins",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("matter_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    PrimaryKeyConstraint("event_id", name="pk_origins"),
    Index("ix_origins_matter_id", "matter_id"),
)

# Nothing is overwritten: the newest counts, an empty value goes back to what is computed.
figure_corrections = Table(
    "figure_corrections",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("obligation_id", Uuid, ForeignKey(obligations.c.obligation_id), nullable=False),
    Column("code", Text, nullable=False),
    Column("value", Double),
    Column("computed", Double),
    Column("reason", Text, nullable=False),
    Column("by_account", Uuid),
    Column("by_role", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    PrimaryKeyConstraint("id", name="pk_figure_corrections"),
    Index("ix_figure_corrections_obligation_id", "obligation_id"),
)

# The figures of a report as they were approved or sent.
frozen_figures = Table(
    "frozen_figures",
    metadata,
    Column("obligation_id", Uuid, ForeignKey(obligations.c.obligation_id), nullable=False),
    Column("code", Text, nullable=False),
    Column("computed", Double),
    Column("value", Double),
    Column("sources", JSONB, nullable=False),
    Column("frozen_at", MOMENT, nullable=False),
    PrimaryKeyConstraint("obligation_id", "code", name="pk_frozen_figures"),
)
