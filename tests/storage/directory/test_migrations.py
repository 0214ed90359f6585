"""The migrations make what the code says, in an empty and in a populated database."""

from chassis import migrate
from deploy.local.postgres import Database
from directory.storage.account_tables import metadata
from tests.support.databases import differences, migrated
from tests.support.directory import Room


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    with migrated("directory", database) as engine:
        assert differences(engine, metadata) == []


def test_a_populated_database_keeps_what_it_knows(district: Room, database: Database) -> None:
    district.account("thu", "principal", "hoa")
    migrate.upgrade("directory", database.url)
    assert district.rows("SELECT count(*) FROM accounts") == [(1,)]
    assert differences(district.engine, metadata) == []
