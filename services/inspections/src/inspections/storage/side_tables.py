"""The tables beside the matters: what led to them, what became of them, and what rules them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.moved_days import moved_days_table
from chassis.schools import schools_table

metadata: Final = MetaData()

# Copied from directory's events.
schools: Final = schools_table(metadata, Column("opened_on", Date))
calendar_overrides: Final = moved_days_table(metadata)

# Every version of every rule; the newest that is in effect judges.
trigger_rules: Final = Table(
    "trigger_rules",
    metadata,
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("words_vi", Text, nullable=False),
    Column("words_en", Text, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("conditions", JSONB, nullable=False),
    Column("action", Text, nullable=False),
    Column("parameters", JSONB, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("legal_basis", Text, nullable=False),
    PrimaryKeyConstraint("code", "version", name="pk_trigger_rules"),
    CheckConstraint(
        "action IN ('propose_inspection', 'improvement_task')", name="ck_trigger_rules_action"
    ),
    Index("ix_trigger_rules_event_type", "event_type"),
)

# Terms in working days, each from its day on.
terms: Final = Table(
    "terms",
    metadata,
    Column("code", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("working_days", Integer, nullable=False),
    Column("legal_basis", Text, nullable=False),
    PrimaryKeyConstraint("code", "effective_from", name="pk_terms"),
)

# Published versions only; `digest` is of the canonical body, so that a changed one is noticed.
checklists: Final = Table(
    "checklists",
    metadata,
    Column("version", Integer, autoincrement=False, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("digest", Text, nullable=False),
    PrimaryKeyConstraint("version", name="pk_checklists"),
)

# How many answers each campaign has, counted from surveys' events.
answer_tallies: Final = Table(
    "answer_tallies",
    metadata,
    Column("campaign_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("answers", Integer, nullable=False),
    PrimaryKeyConstraint("campaign_id", name="pk_answer_tallies"),
)

# One row per rule and event: whether it fired, and which conditions held with which values.
evaluations: Final = Table(
    "evaluations",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("evaluated_at", DateTime(timezone=True), nullable=False),
    Column("school", Text, nullable=False),
    Column("handled_at", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("fired", Boolean, nullable=False),
    Column("conditions", JSONB, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("inspection_id", Uuid),
    Column("task_id", Uuid),
    Column("correlation_id", Uuid, nullable=False),
    PrimaryKeyConstraint("id", name="pk_evaluations"),
    UniqueConstraint("event_id", "rule", name="uq_evaluations_event_id_rule"),
    ForeignKeyConstraint(
        ["rule", "rule_version"],
        ["trigger_rules.code", "trigger_rules.version"],
        name="fk_evaluations_rule_trigger_rules",
    ),
    CheckConstraint(
        "outcome IN ('none', 'proposed', 'attached', 'task_assigned')",
        name="ck_evaluations_outcome",
    ),
    Index("ix_evaluations_school_evaluated_at", "school", "evaluated_at"),
    Index("ix_evaluations_evaluated_at", "evaluated_at"),
)

# Many events may lead to one inspection; each event leads to one at most per rule. `withdrawn_on`:
# the report was withdrawn then, and counts no more.
inspection_triggers: Final = Table(
    "inspection_triggers",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("rule", Text, nullable=False),
    Column("inspection_id", Uuid, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("attached", Boolean, nullable=False),
    Column("campaign_id", Uuid),
    Column("demand", Text),
    Column("correlation_id", Uuid, nullable=False),
    Column("withdrawn_on", Date),
    PrimaryKeyConstraint("event_id", "rule", name="pk_inspection_triggers"),
    ForeignKeyConstraint(
        ["inspection_id"],
        ["inspections.id"],
        name="fk_inspection_triggers_inspection_id_inspections",
    ),
    Index("ix_inspection_triggers_inspection_id", "inspection_id"),
)

# Reports that were withdrawn at their source, kept for those that come after their withdrawal.
withdrawn_reports: Final = Table(
    "withdrawn_reports",
    metadata,
    Column("report_id", Uuid, nullable=False),
    Column("withdrawn_on", Date, nullable=False),
    PrimaryKeyConstraint("report_id", name="pk_withdrawn_reports"),
)

# The history of an inspection (quá trình xử lý).
inspection_steps: Final = Table(
    "inspection_steps",
    metadata,
    Column("id", BigInteger, Identity(), nullable=False),
    Column("inspection_id", Uuid, nullable=False),
    Column("step", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("role", Text, nullable=False),
    Column("event_id", Uuid),
    PrimaryKeyConstraint("id", name="pk_inspection_steps"),
    ForeignKeyConstraint(
        ["inspection_id"],
        ["inspections.id"],
        name="fk_inspection_steps_inspection_id_inspections",
    ),
    Index("ix_inspection_steps_inspection_id", "inspection_id"),
)

# What was found at each item that was looked at.
inspection_items: Final = Table(
    "inspection_items",
    metadata,
    Column("inspection_id", Uuid, nullable=False),
    Column("item", Text, nullable=False),
    Column("met", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("inspection_id", "item", name="pk_inspection_items"),
    ForeignKeyConstraint(
        ["inspection_id"],
        ["inspections.id"],
        name="fk_inspection_items_inspection_id_inspections",
    ),
)

# Due dates that a change of the calendar moved; `matter_id` is of any kind of matter.
due_changes: Final = Table(
    "due_changes",
    metadata,
    Column("id", BigInteger, Identity(), nullable=False),
    Column("matter_id", Uuid, nullable=False),
    Column("old_due_on", Date, nullable=False),
    Column("new_due_on", Date, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("legal_basis", Text, nullable=False),
    PrimaryKeyConstraint("id", name="pk_due_changes"),
    Index("ix_due_changes_matter_id", "matter_id"),
)
