"""The tables of a report inside its school: how far it is, who signs in place, what was signed."""

from typing import get_args

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from contracts.rpc.preparing import PreparationStage
from reports.storage.tables import MOMENT, metadata, obligations, one_of

preparations = Table(
    "preparations",
    metadata,
    Column("obligation_id", Uuid, ForeignKey(obligations.c.obligation_id), nullable=False),
    Column("stage", Text, nullable=False),
    Column("writer_account", Uuid),
    Column("writer_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("approved_by", Text),
    Column("approved_role", Text),
    Column("approved_at", MOMENT),
    Column("in_place", Boolean, nullable=False),
    Column("handed_in_at", MOMENT),
    PrimaryKeyConstraint("obligation_id", name="pk_preparations"),
    CheckConstraint(one_of("stage", get_args(PreparationStage)), name="ck_preparations_stage"),
)

signing_authorities = Table(
    "signing_authorities",
    metadata,
    Column("authority_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("deputy", Uuid, nullable=False),
    Column("deputy_name", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT),
    PrimaryKeyConstraint("authority_id", name="pk_signing_authorities"),
    ForeignKeyConstraint(
        ["school"], ["schools.code"], name="fk_signing_authorities_school_schools"
    ),
    CheckConstraint("valid_from <= valid_to", name="ck_signing_authorities_days"),
    Index("ix_signing_authorities_school", "school"),
)

# A file counts once at its school: the digest of its bytes tells that it was sent before.
signed_files = Table(
    "signed_files",
    metadata,
    Column("obligation_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("school", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sent_at", MOMENT, nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    PrimaryKeyConstraint("obligation_id", "number", name="pk_signed_files"),
    ForeignKeyConstraint(
        ["obligation_id", "number"],
        ["submissions.obligation_id", "submissions.number"],
        name="fk_signed_files_submission_submissions",
    ),
    UniqueConstraint("school", "sha256", name="uq_signed_files_sent_once"),
)
