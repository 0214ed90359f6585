"""The tables of reminders: each once, gathered into summaries, sent as mails to addresses."""

from typing import Final, get_args

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from contracts.rpc.reminders import MailFault, MailState, ReminderStep, Subject
from reports.storage.tables import MOMENT, metadata, one_of

# A step of a deadline comes once; a deadline that moved has steps of its own. `taken_on` is the
# day whose summary took it, or found that nothing is owed any more.
reminders: Final = Table(
    "reminders",
    metadata,
    Column("subject", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("step", Text, nullable=False),
    Column("came_on", Date, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("taken_on", Date),
    PrimaryKeyConstraint("subject_id", "school", "due_on", "step", name="pk_reminders"),
    ForeignKeyConstraint(["school"], ["schools.code"], name="fk_reminders_school_schools"),
    CheckConstraint(one_of("subject", get_args(Subject)), name="ck_reminders_subject"),
    CheckConstraint(one_of("step", get_args(ReminderStep)), name="ck_reminders_step"),
    Index("ix_reminders_not_taken", "came_on", postgresql_where=text("taken_on IS NULL")),
)

# Personal data: read by who keeps the book and by who sends, told nowhere else.
mail_addresses: Final = Table(
    "mail_addresses",
    metadata,
    Column("address_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("address", Text, nullable=False),
    PrimaryKeyConstraint("address_id", name="pk_mail_addresses"),
    ForeignKeyConstraint(["school"], ["schools.code"], name="fk_mail_addresses_school_schools"),
    UniqueConstraint("school", "address", name="uq_mail_addresses_address"),
)

# The days whose summaries are made.
summary_days: Final = Table(
    "summary_days",
    metadata,
    Column("day", Date, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    PrimaryKeyConstraint("day", name="pk_summary_days"),
)

summaries: Final = Table(
    "summaries",
    metadata,
    Column("school", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("weekly", Boolean, nullable=False),
    PrimaryKeyConstraint("school", "day", name="pk_summaries"),
    ForeignKeyConstraint(["school"], ["schools.code"], name="fk_summaries_school_schools"),
)

# `next_at` is when it may be tried; while somebody sends it, when they are given up. It and
# `sent_at` are of the real clock, wherever business time stands.
summary_mails: Final = Table(
    "summary_mails",
    metadata,
    Column("mail_id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column(
        "address_id",
        Uuid,
        ForeignKey(
            mail_addresses.c.address_id,
            name="fk_summary_mails_address_id_mail_addresses",
            ondelete="SET NULL",
        ),
    ),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", MOMENT),
    Column("why", Text),
    Column("sent_at", MOMENT),
    PrimaryKeyConstraint("mail_id", name="pk_summary_mails"),
    ForeignKeyConstraint(
        ["school", "day"],
        ["summaries.school", "summaries.day"],
        name="fk_summary_mails_summary_summaries",
    ),
    UniqueConstraint("school", "day", "address_id", name="uq_summary_mails_address"),
    CheckConstraint(one_of("state", get_args(MailState)), name="ck_summary_mails_state"),
    CheckConstraint(one_of("why", get_args(MailFault)), name="ck_summary_mails_why"),
    Index("ix_summary_mails_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL")),
)
