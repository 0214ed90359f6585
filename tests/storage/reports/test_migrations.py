"""The migrations make what the code says, in an empty and in a populated database."""

from chassis import migrate
from deploy.local.postgres import Database
from reports.storage import read_tables
from tests.storage.reports.conftest import Room
from tests.support.databases import differences, migrated


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    with migrated("reports", database) as engine:
        assert differences(engine, read_tables.campaigns.metadata) == []


def test_a_populated_database_keeps_its_obligations(room: Room, database: Database) -> None:
    owed = len(room.listed())
    migrate.upgrade("reports", database.url)
    assert len(room.listed()) == owed > 0
    assert differences(room.engine, read_tables.campaigns.metadata) == []
