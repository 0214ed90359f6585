"""The tables of units, schools and the calendar; those of accounts stand beside (`account_tables`).

Days are half open: a row holds from `valid_from` until the day before `valid_to`.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.sql import func, literal_column

from chassis.moved_days import moved_days_table

metadata: Final = MetaData()

# Schools are units too: one space of codes. `version` counts everything told about the unit.
units: Final = Table(
    "units",
    metadata,
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("code", name="pk_units"),
    CheckConstraint("kind IN ('authority', 'office', 'cluster', 'school')", name="ck_units_kind"),
)

schools: Final = Table(
    "schools",
    metadata,
    Column("code", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date),
    PrimaryKeyConstraint("code", name="pk_schools"),
    ForeignKeyConstraint(["code"], ["units.code"], name="fk_schools_code_units"),
    CheckConstraint("closed_on >= opened_on", name="ck_schools_closed_on"),
)

# The last constraint is the law of hierarchies: one parent at most, on each day.
memberships: Final = Table(
    "memberships",
    metadata,
    Column("unit", Text, nullable=False),
    Column("hierarchy", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    PrimaryKeyConstraint("unit", "hierarchy", "valid_from", name="pk_memberships"),
    ForeignKeyConstraint(["unit"], ["units.code"], name="fk_memberships_unit_units"),
    ForeignKeyConstraint(["parent"], ["units.code"], name="fk_memberships_parent_units"),
    CheckConstraint(
        "hierarchy IN ('administrative', 'professional', 'cluster')",
        name="ck_memberships_hierarchy",
    ),
    CheckConstraint("valid_to > valid_from", name="ck_memberships_valid_to"),
    CheckConstraint("parent <> unit", name="ck_memberships_parent"),
    Index("ix_memberships_parent_hierarchy", "parent", "hierarchy"),
    ExcludeConstraint(
        (literal_column("unit"), "="),
        (literal_column("hierarchy"), "="),
        (func.daterange(literal_column("valid_from"), literal_column("valid_to")), "&&"),
        name="ex_memberships_one_parent",
        using="gist",
    ),
)

calendar_overrides: Final = moved_days_table(metadata)
