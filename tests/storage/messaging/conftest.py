from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from deploy.local.postgres import Database
from messaging import migrations


class Executor:
    """`execute(sql)`, as alembic's `op` has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: str) -> None:
        self._connection.execute(text(statement))


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    """A fresh database with the tables of messaging."""
    made = create_engine(database.psycopg)
    with made.begin() as connection:
        migrations.create_v1(Executor(connection))
        connection.execute(text("CREATE TABLE effects (school text NOT NULL)"))
    yield made
    made.dispose()


def scalar(engine: Engine, query: str) -> object:
    """The single value of a query."""
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar()
