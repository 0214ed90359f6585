"""What is kept of answers: the day, never the time; no address, no account, random ids.

A test compares every column of these tables with an allow-list. `responses`, `comments` and
`demand_reports` have no key in common but the campaign, and the batch of those from paper.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata: Final = MetaData()


def _of_batch(table: str) -> tuple[ForeignKeyConstraint, Index]:
    """Answers from paper are undone batch by batch; of a parent's answer `batch_id` is NULL."""
    return (
        ForeignKeyConstraint(["batch_id"], ["batches.id"], name=f"fk_{table}_batch_id_batches"),
        Index(f"ix_{table}_batch_id", "batch_id", postgresql_where=text("batch_id IS NOT NULL")),
    )


# `digest` tells a resend from another body under the same id (see domain.submissions).
# `class_code` is shown in results of a closed campaign alone, from ten answers of the class on.
responses: Final = Table(
    "responses",
    metadata,
    Column("submission_id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("class_code", Text),
    Column("batch_id", Uuid),
    PrimaryKeyConstraint("submission_id", name="pk_responses"),
    UniqueConstraint("receipt", name="uq_responses_receipt"),
    ForeignKeyConstraint(
        ["campaign_id"], ["campaigns.id"], name="fk_responses_campaign_id_campaigns"
    ),
    Index("ix_responses_campaign_id", "campaign_id"),
    *_of_batch("responses"),
)

comments: Final = Table(
    "comments",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("item", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("batch_id", Uuid),
    # The body once more as it is searched (domain.searching).
    Column("search_text", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("id", name="pk_comments"),
    ForeignKeyConstraint(
        ["campaign_id"], ["campaigns.id"], name="fk_comments_campaign_id_campaigns"
    ),
    *_of_batch("comments"),
    Index("ix_comments_campaign_id_item", "campaign_id", "item", "day"),
)

demand_reports: Final = Table(
    "demand_reports",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("concerns_head", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("what", Text, nullable=False),
    Column("when", Text, nullable=False),
    Column("batch_id", Uuid),
    # The words were erased then; that the report was made stays.
    Column("erased_on", Date),
    PrimaryKeyConstraint("id", name="pk_demand_reports"),
    ForeignKeyConstraint(
        ["campaign_id"], ["campaigns.id"], name="fk_demand_reports_campaign_id_campaigns"
    ),
    Index("ix_demand_reports_campaign_id", "campaign_id"),
    Index("ix_demand_reports_school_day", "school", "day"),
    *_of_batch("demand_reports"),
)

# The exact counts of a closed campaign: everything shown of it is computed from these. They stand
# by source and by class ("": none named); the sources add up to the whole. Item "" counts sheets.
result_parts: Final = Table(
    "result_parts",
    metadata,
    Column("campaign_id", Uuid, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint(
        "campaign_id", "dimension", "part", "item", "answer", name="pk_result_parts"
    ),
    ForeignKeyConstraint(
        ["campaign_id"], ["campaigns.id"], name="fk_result_parts_campaign_id_campaigns"
    ),
    CheckConstraint("dimension IN ('source', 'class')", name="ck_result_parts_dimension"),
)
