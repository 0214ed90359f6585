"""What the district says about how the calendar makes campaigns, beside its rules."""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from surveys.storage.answer_tables import metadata

# Which version of a form the calendar's campaigns ask, each from its day on.
form_uses: Final = Table(
    "form_uses",
    metadata,
    Column("kind", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "valid_from", name="pk_form_uses"),
    ForeignKeyConstraint(
        ["kind", "version"], ["forms.kind", "forms.version"], name="fk_form_uses_kind_forms"
    ),
)

# Schools whose care form is short or whole, whatever the rule says.
care_lengths: Final = Table(
    "care_lengths",
    metadata,
    Column("school", Text, nullable=False),
    Column("length", Text, nullable=False),
    PrimaryKeyConstraint("school", name="pk_care_lengths"),
    CheckConstraint("length IN ('whole', 'short')", name="ck_care_lengths_length"),
)

# How long what people wrote is kept after their campaign closed, each from its day on.
keeping_rules: Final = Table(
    "keeping_rules",
    metadata,
    Column("words", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("months", Integer, nullable=False),
    Column("legal_basis", Text, nullable=False),
    PrimaryKeyConstraint("words", "valid_from", name="pk_keeping_rules"),
    CheckConstraint("words IN ('comments', 'reports')", name="ck_keeping_rules_words"),
)

# `form` NULL: of both forms. `made_by`, `lifted_by` are accounts, beside their names of then.
exemptions: Final = Table(
    "exemptions",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("form", Text),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_by", Uuid),
    Column("made_by_name", Text, nullable=False),
    Column("lifted_on", Date),
    Column("lifted_by", Uuid),
    Column("lifted_by_name", Text),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("id", name="pk_exemptions"),
    CheckConstraint("starts_on <= ends_on", name="ck_exemptions_days"),
    Index("ix_exemptions_school", "school", "ends_on"),
)
