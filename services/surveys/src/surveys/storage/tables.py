"""The tables of surveys, except the answers, whose privacy has a file of its own (`answers`)."""

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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.moved_days import moved_days_table
from chassis.schools import schools_table
from surveys.storage import batch_tables, data_requests, planning_tables  # of the same metadata
from surveys.storage.answer_tables import metadata

__all__ = [
    "batch_tables",
    "calendar_overrides",
    "campaign_rules",
    "campaigns",
    "data_requests",
    "forms",
    "metadata",
    "planning_tables",
    "schools",
]

# Published versions only; `digest` is of the canonical body, so that a changed one is noticed.
forms: Final = Table(
    "forms",
    metadata,
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("digest", Text, nullable=False),
    Column("published_on", Date),
    Column("published_by", Text),
    PrimaryKeyConstraint("kind", "version", name="pk_forms"),
)

# Copied from directory's events. `known_from`: since when campaigns are made for it, told by its
# registration. `planned_through`: up to this day campaigns were generated; NULL asks the generator
# to look again.
schools: Final = schools_table(
    metadata,
    Column("level", Text, nullable=False),
    Column("known_from", Date),
    Column("planned_through", Date),
    Index("ix_schools_planned_through", "planned_through"),
)

calendar_overrides: Final = moved_days_table(metadata)

# How campaigns are made, each row from its day on.
campaign_rules: Final = Table(
    "campaign_rules",
    metadata,
    Column("valid_from", Date, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("target_percent", SmallInteger, nullable=False),
    Column("field_working_days", SmallInteger, nullable=False),
    Column("term_begins_month", SmallInteger, nullable=False),
    Column("term_begins_day", SmallInteger, nullable=False),
    Column("term_ends_month", SmallInteger, nullable=False),
    Column("term_ends_day", SmallInteger, nullable=False),
    Column("care_length", Text, nullable=False, server_default=text("'whole'")),
    PrimaryKeyConstraint("valid_from", name="pk_campaign_rules"),
    CheckConstraint("care_length IN ('whole', 'short')", name="ck_campaign_rules_care_length"),
)

# `items` are those that a short form asks, NULL for the whole form.
campaigns: Final = Table(
    "campaigns",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("period_kind", Text, nullable=False),
    Column("period_year", Integer, nullable=False),
    Column("period_index", Integer, nullable=False),
    Column("period_starts_on", Date, nullable=False),
    Column("period_ends_on", Date, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("target_percent", SmallInteger, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("handed_out", Integer),
    Column("slug", Text, nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("last_event_id", Uuid),
    Column("responses", Integer),
    Column("version", Integer, nullable=False),
    Column("items", ARRAY(Text)),
    Column("own_days", Boolean, nullable=False, server_default=text("false")),
    Column("close_reason", Text),
    Column("access", Text, nullable=False, server_default="open"),
    Column("classes", ARRAY(Text, as_tuple=True), nullable=False, server_default="{}"),
    Column("called_off", Boolean, nullable=False, server_default=text("false")),
    Column("comments_erased_on", Date),
    PrimaryKeyConstraint("id", name="pk_campaigns"),
    UniqueConstraint("slug", name="uq_campaigns_slug"),
    ForeignKeyConstraint(
        ["form", "form_version"], ["forms.kind", "forms.version"], name="fk_campaigns_form_forms"
    ),
    CheckConstraint("state IN ('planned', 'open', 'closed')", name="ck_campaigns_state"),
    CheckConstraint("origin IN ('calendar', 'extra')", name="ck_campaigns_origin"),
    CheckConstraint("opens_on <= closes_on", name="ck_campaigns_days"),
    CheckConstraint("access IN ('open', 'codes')", name="ck_campaigns_access"),
    CheckConstraint(
        "(state = 'closed') = (closed_on IS NOT NULL AND responses IS NOT NULL)",
        name="ck_campaigns_closed",
    ),
    Index("ix_campaigns_school", "school", "period_starts_on"),
    Index(
        "uq_campaigns_calendar",
        "school",
        "form",
        "period_kind",
        "period_year",
        "period_index",
        unique=True,
        postgresql_where=text("origin = 'calendar'"),
    ),
    CheckConstraint("NOT called_off OR state = 'planned'", name="ck_campaigns_called_off"),
    Index(
        "ix_campaigns_opens_on",
        "opens_on",
        postgresql_where=text("state = 'planned' AND NOT called_off"),
    ),
    Index("ix_campaigns_closes_on", "closes_on", postgresql_where=text("state = 'open'")),
)
