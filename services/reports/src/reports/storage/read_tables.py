"""The read models: what reports has learnt from the events of others, rebuilt any time."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

from reports.storage.tables import metadata, period_columns

# A campaign with its counts once closed; empty counts while it is open.
campaigns = Table(
    "campaigns",
    metadata,
    Column("campaign_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("form", Text, nullable=False),
    *period_columns(),
    Column("period_key", Text, nullable=False),
    Column("target_percent", Integer, nullable=False),
    Column("closed_on", Date),
    Column("responses", Integer),
    Column("handed_out", Integer),
    Column("valid", Integer),
    Column("satisfied", Integer),
    Column("very_satisfied", Integer),
    Column("verdict", Text),
    Column("conclusive", Boolean),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("campaign_id", name="pk_campaigns"),
    Index("ix_campaigns_school_period_key", "school", "period_key"),
)

# Answers as they come, by day; commutes.
answer_counts = Table(
    "answer_counts",
    metadata,
    Column("campaign_id", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("answers", BigInteger, nullable=False),
    PrimaryKeyConstraint("campaign_id", "day", name="pk_answer_counts"),
)

MATTERS = ("inspection", "finding", "remedy", "improvement_task", "petition", "demand")

# Inspections and what follows from them, petitions, demands: where each stands. Events come in any
# order: the highest `version` decides the state, `due_version` the due date (the highest one that
# told any), `opened_on` is the earliest day told; the other columns are told alike by all events
# that know them.
# `hidden`: it concerns the head of the school, who doesn't see it; unknown counts as hidden.
matters = Table(
    "matters",
    metadata,
    Column("matter_id", Uuid, nullable=False),
    Column("sort", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("parent_id", Uuid),
    Column("kind", Text),
    Column("severity", SmallInteger),
    Column("hidden", Boolean),
    Column("state", Text, nullable=False),
    Column("opened_on", Date),
    Column("due_on", Date),
    Column("ended_on", Date),
    Column("late_working_days", Integer),
    Column("version", Integer, nullable=False),
    Column("due_version", Integer),
    PrimaryKeyConstraint("matter_id", name="pk_matters"),
    CheckConstraint(f"sort IN ({', '.join(map(repr, MATTERS))})", name="ck_matters_sort"),
    Index("ix_matters_school_sort", "school", "sort"),
    Index("ix_matters_parent_id", "parent_id"),
)
