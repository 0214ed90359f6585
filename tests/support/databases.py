"""A service's database in a test: migrated, and compared with what the code says."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Engine, MetaData

from chassis import audit, commands, migrate
from chassis.database import make_engine
from deploy.local.postgres import Database, PostgreSQL
from messaging import metadata as messaging_metadata
from tests.support.produced import check_events_of


@dataclass
class _Lent:
    """A database that is lent again and again, and what its columns were when it was made."""

    database: Database
    columns: set[tuple[str, ...]] = field(default_factory=set)


_AT_REST: dict[tuple[Path, str], list[_Lent]] = {}
_NEWEST: set[str] = set()
_COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'"
)
_ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
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


def fresh(service: str, postgres: PostgreSQL) -> Database:
    """A new database with the newest tables of a service, to be dropped by who asked for it.

    It is a copy of one that is migrated once for all processes that use the server.
    """
    made_of = "-".join(
        f"{one.name}@{one.stat().st_mtime_ns}"
        for one in sorted((migrate.migrations_of(service) / "versions").glob("*.py"))
    )
    template = f"{service}_of_{zlib.crc32(made_of.encode()):x}"
    with psycopg.connect(postgres.admin.url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [template]).fetchone() is None:
            making = postgres.create_database(service)
            migrate.upgrade(service, making.url)
            renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            names = sql.Identifier(making.name), sql.Identifier(template)
            connection.execute(renaming.format(*names))
        copy = postgres.create_database(service, template=template)
    _NEWEST.add(copy.name)
    return copy


@contextmanager
def lent(service: str, postgres: PostgreSQL) -> Iterator[Database]:
    """A database with the newest tables of a service and nothing in them.

    Emptied, it is lent again to another test of this process: to make and to migrate one takes
    longer than most tests. One whose tables were changed is dropped.
    """
    at_rest = _AT_REST.setdefault((postgres.home, service), [])
    if not at_rest:
        at_rest.append(_Lent(fresh(service, postgres)))
        with psycopg.connect(at_rest[-1].database.url) as connection:
            at_rest[-1].columns = _columns(connection)
    one = at_rest.pop()
    yield one.database
    # One connection does it all: to open another takes longer than what it would do.
    with psycopg.connect(one.database.url, autocommit=True) as connection:
        connection.execute(_ALONE)
        unchanged = _columns(connection) == one.columns
        if unchanged:
            connection.execute(_EMPTY)
    if unchanged:
        at_rest.append(one)
    else:
        postgres.drop_database(one.database)


def _columns(connection: psycopg.Connection) -> set[tuple[str, ...]]:
    return set(connection.execute(_COLUMNS))


def newest(service: str, database: Database) -> None:
    """Bring a database to the service's newest migration, unless it was made with it."""
    if database.name not in _NEWEST:
        migrate.upgrade(service, database.url)


@contextmanager
def migrated(service: str, database: Database) -> Iterator[Engine]:
    """Bring a database to the service's newest migration; gives an engine wide enough for races.

    In the end each event in it must follow its schema.
    """
    newest(service, database)
    engine = _engine(database.url)
    try:
        yield engine
        engine.dispose()  # its connections may have been ended a moment ago
        check_events_of(engine)
    finally:
        engine.dispose()


@cache
def _engine(url: str) -> Engine:
    """One for each database: another would compile each statement anew."""
    return make_engine(url, pool_size=30)


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
