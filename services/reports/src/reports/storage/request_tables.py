"""The tables of ad-hoc requests and their answers."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from reports.storage.tables import MOMENT, metadata, one_of

requests: Final = Table(
    "requests",
    metadata,
    Column("request_id", Uuid, nullable=False),
    Column("inside", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("instructions", Text, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("named_on", Date, nullable=False),
    Column("wording", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("deadline", JSONB, nullable=False),
    Column("fields", JSONB, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("closed_on", Date),
    Column("closed_by", Text),
    Column("close_reason", Text),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("request_id", name="pk_requests"),
    CheckConstraint(one_of("wording", ("by", "before")), name="ck_requests_wording"),
)

# Whom a request was sent to: a school, or one of its teams; `team` is empty for a school.
request_addressees: Final = Table(
    "request_addressees",
    metadata,
    Column(
        "request_id",
        Uuid,
        ForeignKey(requests.c.request_id, name="fk_request_addressees_request_id_requests"),
        nullable=False,
    ),
    Column("school", Text, nullable=False),
    Column("team", Text, nullable=False),
    PrimaryKeyConstraint("request_id", "school", "team", name="pk_request_addressees"),
    ForeignKeyConstraint(["school"], ["schools.code"], name="fk_request_addressees_school_schools"),
    Index("ix_request_addressees_school", "school"),
)

# Each answer stays: number 1 is the first, later ones correct it.
request_answers: Final = Table(
    "request_answers",
    metadata,
    Column("request_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("values", JSONB, nullable=False),
    Column("answered_at", MOMENT, nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("late_working_days", Integer, nullable=False),
    Column("by_account", Uuid),
    Column("by_role", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    PrimaryKeyConstraint("request_id", "school", "team", "number", name="pk_request_answers"),
    ForeignKeyConstraint(
        ["request_id", "school", "team"],
        [
            "request_addressees.request_id",
            "request_addressees.school",
            "request_addressees.team",
        ],
        name="fk_request_answers_request_id_request_addressees",
    ),
)

request_former_deadlines: Final = Table(
    "request_former_deadlines",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column(
        "request_id",
        Uuid,
        ForeignKey(requests.c.request_id, name="fk_request_former_deadlines_request_id_requests"),
        nullable=False,
    ),
    Column("deadline", JSONB, nullable=False),
    Column("replaced_at", MOMENT, nullable=False),
    PrimaryKeyConstraint("id", name="pk_request_former_deadlines"),
    Index("ix_request_former_deadlines_request_id", "request_id"),
)
