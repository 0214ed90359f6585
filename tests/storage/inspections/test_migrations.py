"""The migrations make what the code says, in an empty and in a populated database."""

from chassis import migrate
from deploy.local.postgres import Database
from inspections.application.supplying import supply
from inspections.storage.tables import metadata
from tests.storage.inspections.conftest import Room
from tests.support.databases import differences, migrated
from tests.support.inspections import demand


def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    with migrated("inspections", database) as engine:
        assert differences(engine, metadata) == []


def test_a_populated_database_keeps_what_it_has(room: Room, database: Database) -> None:
    room.happen(demand())
    migrate.upgrade("inspections", database.url)
    assert len(room.listed()) == 1
    assert differences(room.engine, metadata) == []


def test_supplying_again_changes_nothing(room: Room) -> None:
    before = room.number("SELECT count(*) FROM trigger_rules")
    with room.units.for_system() as work:
        supply(work)
    assert room.number("SELECT count(*) FROM trigger_rules") == before == 3
    assert room.number("SELECT count(*) FROM checklists") == 1
