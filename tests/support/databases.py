"""A service's database in a test: migrated, and compared with what the code says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData

from chassis import audit, commands, migrate
from chassis.database import make_engine
from deploy.local.postgres import Database
from messaging import metadata as messaging_metadata
from tests.support.produced import check_events


@contextmanager
def migrated(service: str, database: Database) -> Iterator[Engine]:
    """Bring a database to the service's newest migration; gives an engine wide enough for races.

    In the end each event in it must follow its schema.
    """
    migrate.upgrade(service, database.url)
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
