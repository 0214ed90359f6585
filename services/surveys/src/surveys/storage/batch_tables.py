"""One-time codes, and answers from paper in batches.

A code is its fingerprint, and its row goes when it is used: nothing leads from a code to an answer.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from surveys.storage.answer_tables import metadata


def _of_campaign(table: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["campaign_id"],
        ["campaigns.id"],
        name=f"fk_{table}_campaign_id_campaigns",
        ondelete=ondelete,
    )


# Codes may be made before a campaign opens; one that is planned no more takes them along.


codes: Final = Table(
    "codes",
    metadata,
    Column("fingerprint", LargeBinary, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("class_code", Text),
    PrimaryKeyConstraint("fingerprint", name="pk_codes"),
    _of_campaign("codes", "CASCADE"),
    Index("ix_codes_campaign_id", "campaign_id"),
)

code_issues: Final = Table(
    "code_issues",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("class_code", Text),
    Column("number", Integer, nullable=False),
    Column("issued_on", Date, nullable=False),
    PrimaryKeyConstraint("id", name="pk_code_issues"),
    _of_campaign("code_issues", "CASCADE"),
    Index("ix_code_issues_campaign_id", "campaign_id"),
)

# `answers` counts those that are stored, or how far the storing of a file is. `correlation_id` is
# the chain of the reports of improper demands that came with the batch. `digest` is of its file.
batches: Final = Table(
    "batches",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("entered_on", Date, nullable=False),
    Column("undone_on", Date),
    Column("correlation_id", Uuid, nullable=False),
    Column("digest", LargeBinary),
    PrimaryKeyConstraint("id", name="pk_batches"),
    _of_campaign("batches"),
    CheckConstraint("kind IN ('typed', 'file')", name="ck_batches_kind"),
    CheckConstraint("state IN ('storing', 'stored', 'failed', 'undone')", name="ck_batches_state"),
    Index("ix_batches_campaign_id", "campaign_id"),
    Index(
        "uq_batches_digest",
        "campaign_id",
        "digest",
        unique=True,
        postgresql_where=text("state IN ('storing', 'stored')"),
    ),
    Index("ix_batches_storing", "entered_on", "id", postgresql_where=text("state = 'storing'")),
)

# What a file holds, checked, until it is stored; gone with that transaction.
batch_rows: Final = Table(
    "batch_rows",
    metadata,
    Column("batch_id", Uuid, nullable=False),
    Column("slips", JSONB, nullable=False),
    PrimaryKeyConstraint("batch_id", name="pk_batch_rows"),
    ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_batch_rows_batch_id_batches"),
)
