"""A service's database in a test: migrated, and compared with what the code says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData

from chassis import audit, commands, migrate
from chassis.database import make_engine
from deploy.local.postgres import Database, PostgreSQL
from messaging import metadata as messaging_metadata
from tests.support.produced import check_events

_AT_REST: dict[tuple[Path, str], list[Database]] = {}
_LENT: set[str] = set()
_COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'"
)
_EMPTY = """
DO $$ DECLARE
    name regclass; used boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', name) INTO used;
        IF used THEN EXECUTE format('DELETE FROM %s', name); END IF;
    END LOOP;
    FOR name IN SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
    LOOP PERFORM setval(name, 1, false); END LOOP;
END $$
"""


@contextmanager
def lent(service: str, postgres: PostgreSQL) -> Iterator[Database]:
    """A database with the newest tables of a service and nothing in them.

    Emptied, it is lent again to another test of this process: to make and to migrate one takes
    longer than most tests. One whose tables were changed is dropped.
    """
    at_rest = _AT_REST.setdefault((postgres.home, service), [])
    if not at_rest:
        at_rest.append(postgres.create_database(service))
        migrate.upgrade(service, at_rest[-1].url)
    database = at_rest.pop()
    _LENT.add(database.name)
    before = _shape(database)
    yield database
    _LENT.remove(database.name)
    with psycopg.connect(postgres.admin.url, autocommit=True) as connection:
        ending = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(ending, [database.name])
    if _shape(database) != before:
        postgres.drop_database(database)
        return
    with psycopg.connect(database.url) as connection:
        connection.execute(_EMPTY)
    at_rest.append(database)


def _shape(database: Database) -> set[tuple[str, ...]]:
    with psycopg.connect(database.url) as connection:
        return set(connection.execute(_COLUMNS))


def newest(service: str, database: Database) -> None:
    """Bring a database to the service's newest migration, unless it was lent with it."""
    if database.name not in _LENT:
        migrate.upgrade(service, database.url)


@contextmanager
def migrated(service: str, database: Database) -> Iterator[Engine]:
    """Bring a database to the service's newest migration; gives an engine wide enough for races.

    In the end each event in it must follow its schema.
    """
    newest(service, database)
    engine = make_engine(database.url, pool_size=30)
    try:
        yield engine
    finally:
        engine.dispose()
    check_events(database)


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    """What a migration would still have to change to make the database what the models say."""
    # its stub knows one only
    everything: Any = [metadata, messaging_metadata, audit.metadata, commands.metadata]
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name != "alembic_version"
            },
        )
        return list(compare_metadata(context, everything))
