"""A service's database in a test: migrated, and compared with what the code says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, LiteralString

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Engine, MetaData

from chassis import audit, commands, migrate
from chassis.database import lock_key, make_engine
from deploy.local.postgres import Database
from messaging import metadata as messaging_metadata
from tests.support.produced import check_events


def newest(service: str, database: Database) -> None:
    """Bring a database to the service's newest migration.

    An empty one is made anew, as a copy of one that was migrated once on this server: migrating
    each takes ten times as long.
    """
    with psycopg.connect(database.url) as connection:
        found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    if found != (None,):
        migrate.upgrade(service, database.url)
        return
    pattern, making = f"newest_{service}", f"newest_{service}_making"
    with psycopg.connect(replace(database, name="postgres").url, autocommit=True) as connection:

        def run(command: LiteralString, *names: str) -> None:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

        connection.execute("SELECT pg_advisory_lock(%s)", [lock_key(pattern)])
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [pattern])
        if known.fetchone() is None:
            run("DROP DATABASE IF EXISTS {}", making)
            run("CREATE DATABASE {}", making)
            migrate.upgrade(service, replace(database, name=making).url)
            run("ALTER DATABASE {} RENAME TO {}", making, pattern)
        run("DROP DATABASE {}", database.name)
        run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", database.name, pattern)


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
