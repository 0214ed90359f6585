"""The migrations make what the code says, in an empty and in a populated database."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from chassis import audit, migrate
from chassis.database import make_engine
from deploy.local.postgres import Database
from messaging import metadata as messaging_metadata
from reports.storage import read_tables
from tests.storage.reports.conftest import Room


def differences(engine: Engine) -> list[object]:
    everything: Any = [
        read_tables.campaigns.metadata,
        messaging_metadata,
        audit.metadata,
    ]  # its stub knows one only
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name != "alembic_version"
            },
        )
        return list(compare_metadata(context, everything))


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    migrate.upgrade("reports", database.url)
    engine = make_engine(database.url)
    assert differences(engine) == []
    engine.dispose()


def test_a_populated_database_keeps_its_obligations(room: Room, database: Database) -> None:
    owed = len(room.listed())
    migrate.upgrade("reports", database.url)
    assert len(room.listed()) == owed > 0
    assert differences(room.engine) == []
