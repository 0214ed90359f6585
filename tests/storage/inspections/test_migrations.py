"""The migrations make what the code says, in an empty and in a populated database."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from chassis import audit, migrate
from chassis.database import make_engine
from deploy.local.postgres import Database
from inspections.application.supplying import supply
from inspections.storage.tables import metadata
from messaging import metadata as messaging_metadata
from tests.storage.inspections.conftest import Room
from tests.support.inspections import demand


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
    migrate.upgrade("inspections", database.url)
    engine = make_engine(database.url)
    assert differences(engine) == []
    engine.dispose()


def test_a_populated_database_keeps_what_it_has(room: Room, database: Database) -> None:
    room.happen(demand())
    migrate.upgrade("inspections", database.url)
    assert len(room.listed()) == 1
    assert differences(room.engine) == []


def test_supplying_again_changes_nothing(room: Room) -> None:
    before = room.number("SELECT count(*) FROM trigger_rules")
    with room.units.for_system() as work:
        supply(work)
    assert room.number("SELECT count(*) FROM trigger_rules") == before == 3
    assert room.number("SELECT count(*) FROM checklists") == 1
