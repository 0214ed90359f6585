"""The tables of matters: inspections, findings, remedies, improvement tasks, petitions."""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from inspections.storage.side_tables import metadata

__all__ = ["findings", "improvement_tasks", "inspections", "metadata", "petitions", "remedies"]


def _matter(name: str, waiting: str, states: str, *more: Column[object] | object) -> Table:
    """Return a table with the columns of every matter, and an index of those that wait."""
    return Table(
        name,
        metadata,
        Column("id", Uuid, nullable=False),
        Column("school", Text, nullable=False),
        Column("handled_at", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("due_from", Date, nullable=False),
        Column("working_days", Integer, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("correlation_id", Uuid, nullable=False),
        Column("last_event_id", Uuid),
        Column("version", Integer, nullable=False),
        *more,  # type: ignore[arg-type]
        PrimaryKeyConstraint("id", name=f"pk_{name}"),
        CheckConstraint("handled_at IN ('school', 'superior')", name=f"ck_{name}_handled_at"),
        CheckConstraint(f"state IN ({states})", name=f"ck_{name}_state"),
        Index(f"ix_{name}_school", "school"),
        Index(f"ix_{name}_waiting", "due_on", postgresql_where=text(f"state = '{waiting}'")),
    )


inspections: Final = _matter(
    "inspections",
    "proposed",
    "'proposed', 'escalated', 'ordered', 'completed', 'dismissed'",
    Column("kind", Text, nullable=False),
    Column("rule", Text),
    Column("note", Text, nullable=False),
    Column("reason", Text),
    Column("escalated_on", Date),
    Column("ordered_on", Date),
    Column("decision_number", Text),
    Column("dismissed_on", Date),
    Column("completed_on", Date),
    Column("checklist_version", Integer),
    CheckConstraint(
        "kind IN ('surprise', 'triggered', 'planned')",
        name="ck_inspections_kind",
    ),
    # One open inspection per school, rule and side: what comes meanwhile is attached to it.
    Index(
        "uq_inspections_open_rule",
        "school",
        "rule",
        "handled_at",
        unique=True,
        postgresql_where=text("rule IS NOT NULL AND state IN ('proposed', 'escalated', 'ordered')"),
    ),
)

findings: Final = _matter(
    "findings",
    "urgent",
    "'recorded', 'urgent', 'escalated', 'remedied'",
    Column("inspection_id", Uuid, nullable=False),
    Column("item", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("severity", SmallInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("explanation_required", Boolean, nullable=False),
    Column("escalated_on", Date),
    ForeignKeyConstraint(
        ["inspection_id"], ["inspections.id"], name="fk_findings_inspection_id_inspections"
    ),
    CheckConstraint("severity BETWEEN 1 AND 4", name="ck_findings_severity"),
    UniqueConstraint("inspection_id", "item", name="uq_findings_inspection_id_item"),
)

remedies: Final = _matter(
    "remedies",
    "open",
    "'open', 'overdue', 'closed'",
    Column("finding_id", Uuid, nullable=False),
    Column("inspection_id", Uuid, nullable=False),
    Column("item", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("severity", SmallInteger, nullable=False),
    Column("description", Text, nullable=False),
    Column("explanation_required", Boolean, nullable=False),
    Column("explanation", Text),
    Column("closed_on", Date),
    Column("evidence", Text),
    ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_remedies_finding_id_findings"),
    CheckConstraint(
        "(state = 'closed') = (closed_on IS NOT NULL AND evidence IS NOT NULL)",
        name="ck_remedies_closed",
    ),
    Index("ix_remedies_finding_id", "finding_id"),
    Index("ix_remedies_inspection_id", "inspection_id"),
)

improvement_tasks: Final = _matter(
    "improvement_tasks",
    "open",
    "'open', 'overdue', 'closed'",
    Column("campaign_id", Uuid, nullable=False),
    Column("rule", Text, nullable=False),
    Column("closed_on", Date),
    Column("evidence", Text),
    UniqueConstraint("campaign_id", "rule", name="uq_improvement_tasks_campaign_id_rule"),
)

petitions: Final = _matter(
    "petitions",
    "open",
    "'open', 'overdue', 'answered'",
    Column("receipt", Text, nullable=False),
    Column("submission_id", Uuid, nullable=False),
    Column("digest", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("about_procedures", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("answer", Text),
    Column("answered_on", Date),
    UniqueConstraint("receipt", name="uq_petitions_receipt"),
    UniqueConstraint("submission_id", name="uq_petitions_submission_id"),
    CheckConstraint("kind IN ('petition', 'suggestion')", name="ck_petitions_kind"),
    CheckConstraint("source IN ('public', 'staff')", name="ck_petitions_source"),
)
