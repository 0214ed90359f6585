"""The migrations make what the code says, in an empty and in a populated database."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from chassis import audit, migrate
from chassis.database import make_engine
from deploy.local.postgres import Database
from directory.storage.account_tables import metadata
from messaging import metadata as messaging_metadata
from tests.support.directory import Room


def differences(engine: Engine) -> list[object]:
    everything: Any = [metadata, messaging_metadata, audit.metadata]  # its stub knows one only
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name != "alembic_version"
            },
        )
        return list(compare_metadata(context, everything))


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    migrate.upgrade("directory", database.url)
    engine = make_engine(database.url)
    assert differences(engine) == []
    engine.dispose()


def test_a_populated_database_keeps_what_it_knows(district: Room, database: Database) -> None:
    district.account("thu", "principal", "hoa")
    migrate.upgrade("directory", database.url)
    assert district.rows("SELECT count(*) FROM accounts") == [(1,)]
    assert differences(district.engine) == []
