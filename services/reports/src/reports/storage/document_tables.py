"""The tables of official documents: documents with their files, the district's templates."""

from typing import Final, get_args

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from contracts.rpc.documents import PdfState
from reports.storage.tables import MOMENT, metadata, one_of

# `letter` is what the document says. While `number` is empty it is a draft, one for an obligation;
# then the file is kept and nothing changes but its PDF. `register_year` is the year of the book,
# `submission` the one with which it left its school.
# `pdf_claimed_at` is of the real clock: a converter that died is not waited for.
documents = Table(
    "documents",
    metadata,
    Column("document_id", Uuid, nullable=False),
    Column("obligation_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("register_of", Text, nullable=False),
    Column("register_year", Integer, nullable=False),
    Column("number", Integer),
    Column("issued_on", Date, nullable=False),
    Column("letter", JSONB, nullable=False),
    Column("texts", JSONB, nullable=False),
    Column("deputy", Boolean, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("docx", LargeBinary),
    Column("pdf", LargeBinary),
    Column("pdf_state", Text, nullable=False, server_default=text("'none'")),
    Column("pdf_attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("pdf_claimed_at", DateTime(timezone=True)),
    Column("made_at", MOMENT, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("numbered_at", MOMENT),
    Column("numbered_by", Text),
    Column("submission", SmallInteger),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("document_id", name="pk_documents"),
    ForeignKeyConstraint(
        ["obligation_id"],
        ["obligations.obligation_id"],
        name="fk_documents_obligation_id_obligations",
    ),
    UniqueConstraint(
        "school", "register_of", "register_year", "number", name="uq_documents_number"
    ),
    CheckConstraint("number > 0", name="ck_documents_number"),
    CheckConstraint("(number IS NULL) = (docx IS NULL)", name="ck_documents_docx"),
    CheckConstraint(one_of("pdf_state", get_args(PdfState)), name="ck_documents_pdf_state"),
    Index(
        "uq_documents_draft",
        "obligation_id",
        unique=True,
        postgresql_where=text("number IS NULL"),
    ),
    Index("ix_documents_obligation_id", "obligation_id"),
    Index(
        "ix_documents_pdf_state",
        "numbered_at",
        postgresql_where=text("pdf_state IN ('waiting', 'converting')"),
    ),
)

document_templates = Table(
    "document_templates",
    metadata,
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("docx", LargeBinary, nullable=False),
    Column("uploaded_at", MOMENT, nullable=False),
    Column("uploaded_by", Text, nullable=False),
    PrimaryKeyConstraint("kind", "version", name="pk_document_templates"),
    CheckConstraint("version > 0", name="ck_document_templates_version"),
)

# How schools were called since when; a letterhead bears the name of its day.
school_names = Table(
    "school_names",
    metadata,
    Column("school", Text, nullable=False),
    Column("known_from", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("school", "known_from", name="pk_school_names"),
)

# Drafts have no file; issued documents wait for theirs.
TO_CONVERT: Final = ("waiting", "converting")
