"""The tables of reports: what schools owe. What was learnt from events stands in `read_tables`."""

from typing import Any, Final, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.moved_days import moved_days_table
from chassis.schools import schools_table
from contracts.rpc.obligations import ObligationState

metadata = MetaData()

MOMENT: Final = DateTime(timezone=True)


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the SQL of a check that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def period_columns() -> list[Column[Any]]:
    """Return the columns that hold a period with its window."""
    return [
        Column("period_kind", Text, nullable=False),
        Column("period_year", Integer, nullable=False),
        Column("period_index", SmallInteger, nullable=False),
        Column("starts_on", Date, nullable=False),
        Column("ends_on", Date, nullable=False),
    ]


# `opened_on` is empty while only later news of a school has come. Obligations are planned for
# deadlines from `planned_from` to `planned_to`, by the kinds of `kinds_digest`.
schools = schools_table(
    metadata,
    Column("level", Text, nullable=False),
    Column("opened_on", Date),
    Column("planned_from", Date),
    Column("planned_to", Date),
    Column("kinds_digest", Text),
)

calendar_overrides = moved_days_table(metadata)

superiors = Table(
    "superiors",
    metadata,
    Column("unit", Text, nullable=False),
    Column("hierarchy", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("parent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("unit", "hierarchy", "valid_from", name="pk_superiors"),
)

obligations = Table(
    "obligations",
    metadata,
    Column("obligation_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("kind_version", Integer, nullable=False),
    *period_columns(),
    Column("due_on", Date, nullable=False),
    Column("deadline", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("noticed", SmallInteger),
    Column("next_turn_on", Date),
    Column("submissions", Integer, nullable=False, server_default=text("0")),
    Column("submitted_at", MOMENT),
    Column("submitted_on", Date),
    Column("late_working_days", Integer),
    Column("received_on", Date),
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),
    Column("correlation_id", Uuid, nullable=False),
    Column("last_event_id", Uuid),
    Column("changed_at", MOMENT, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("obligation_id", name="pk_obligations"),
    ForeignKeyConstraint(["school"], ["schools.code"], name="fk_obligations_school_schools"),
    UniqueConstraint(
        "school", "kind", "period_kind", "period_year", "period_index", name="uq_obligations_owed"
    ),
    CheckConstraint(one_of("state", get_args(ObligationState)), name="ck_obligations_state"),
    Index("ix_obligations_due_on", "due_on"),
    Index(
        "ix_obligations_next_turn_on",
        "next_turn_on",
        postgresql_where=text("next_turn_on IS NOT NULL"),
    ),
)

submissions = Table(
    "submissions",
    metadata,
    Column("obligation_id", Uuid, ForeignKey(obligations.c.obligation_id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("submitted_at", MOMENT, nullable=False),
    Column("submitted_on", Date, nullable=False),
    Column("late_working_days", Integer, nullable=False),
    Column("by_account", Uuid),
    Column("by_role", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("obligation_id", "number", name="pk_submissions"),
)

former_deadlines = Table(
    "former_deadlines",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("obligation_id", Uuid, ForeignKey(obligations.c.obligation_id), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("deadline", JSONB, nullable=False),
    Column("replaced_at", MOMENT, nullable=False),
    PrimaryKeyConstraint("id", name="pk_former_deadlines"),
    Index("ix_former_deadlines_obligation_id", "obligation_id"),
)

# The life of an obligation step by step: who, when, and why in that person's words.
obligation_steps = Table(
    "obligation_steps",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("obligation_id", Uuid, ForeignKey(obligations.c.obligation_id), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("what", Text, nullable=False),
    Column("by_account", Uuid),
    Column("by_role", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("params", JSONB, nullable=False),
    PrimaryKeyConstraint("id", name="pk_obligation_steps"),
    Index("ix_obligation_steps_obligation_id", "obligation_id"),
)
