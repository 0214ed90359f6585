from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from messaging import metadata, migrations
from tests.storage.messaging.conftest import Executor, scalar


def test_the_migration_makes_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE effects"))
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_dropping_leaves_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE effects"))
        migrations.drop_v1(Executor(connection))
    query = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert scalar(engine, query) == 0
