"""The migrations make what the code says, in an empty and in a populated database."""

from sqlalchemy import inspect

from chassis import migrate
from deploy.local.postgres import Database
from surveys.storage.tables import metadata
from tests.storage.surveys.conftest import Room
from tests.support.databases import differences, migrated
from tests.support.surveys import submission

# What is kept of an answer. A new column belongs here only when it can't tell who answered or
# when within the day; say in docs/anonymity.md why.
ALLOWED = {
    "responses": {
        "submission_id": "UUID",
        "campaign_id": "UUID",
        "day": "DATE",
        "source": "TEXT",
        "answers": "JSONB",
        "digest": "BYTEA",
        "receipt": "TEXT",
        "class_code": "TEXT",
        "batch_id": "UUID",
    },
    "comments": {
        "id": "UUID",
        "campaign_id": "UUID",
        "item": "TEXT",
        "day": "DATE",
        "body": "TEXT",
        "batch_id": "UUID",
        "search_text": "TEXT",  # the body once more, as it is searched
    },
    "demand_reports": {
        "id": "UUID",
        "campaign_id": "UUID",
        "school": "TEXT",
        "form": "TEXT",
        "kind": "TEXT",
        "concerns_head": "BOOLEAN",
        "day": "DATE",
        "what": "TEXT",
        "when": "TEXT",
        "batch_id": "UUID",
        "erased_on": "DATE",
    },
    # A code goes when it is used, so that no row of it has anything in common with an answer.
    "codes": {"fingerprint": "BYTEA", "campaign_id": "UUID", "class_code": "TEXT"},
    "code_issues": {
        "id": "UUID",
        "campaign_id": "UUID",
        "class_code": "TEXT",
        "number": "INTEGER",
        "issued_on": "DATE",
    },
    # Of paper alone: `batch_id` is NULL in what a parent sent.
    "batches": {
        "id": "UUID",
        "campaign_id": "UUID",
        "kind": "TEXT",
        "title": "TEXT",
        "state": "TEXT",
        "answers": "INTEGER",
        "total": "INTEGER",
        "entered_on": "DATE",
        "undone_on": "DATE",
        "correlation_id": "UUID",
        "digest": "BYTEA",
    },
    "batch_rows": {"batch_id": "UUID", "slips": "JSONB"},
}


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    with migrated("surveys", database) as engine:
        assert differences(engine, metadata) == []


def test_a_populated_database_keeps_its_answers(room: Room, database: Database) -> None:
    made = room.open_campaign()
    room.submit(submission(made.slug))
    migrate.upgrade("surveys", database.url)
    assert room.numbers("SELECT count(*) FROM responses") == [(1,)]
    assert differences(room.engine, metadata) == []


def test_answers_are_kept_in_listed_columns_only(room: Room) -> None:
    found = inspect(room.engine)
    for table, columns in ALLOWED.items():
        kept = {column["name"]: str(column["type"]) for column in found.get_columns(table)}
        assert kept == columns
    with_a_time = {
        table
        for table in found.get_table_names()
        for column in found.get_columns(table)
        if "TIME" in str(column["type"])
    }
    assert with_a_time == {"audit_entries", "commands", "events", "inbox", "outbox", "reactions"}
