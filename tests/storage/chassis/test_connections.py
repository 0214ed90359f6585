"""Connections that died while nobody used them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from chassis import database as connections
from chassis.database import make_engine
from deploy.local.postgres import Database


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    made = make_engine(database.url)
    yield made
    made.dispose()


def backend(engine: Engine) -> int:
    """Run a transaction and return who served it."""
    with engine.begin() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def end(engine: Engine, backend: int) -> None:
    """End a backend, as a restart of the server does."""
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})


def test_a_connection_that_was_idle_is_asked_first(
    engine: Engine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_TRUSTED_SECONDS", 0.0)
    first = backend(engine)
    assert backend(engine) == first, "one connection is enough"
    other = make_engine(database.url)
    end(other, first)
    other.dispose()
    assert backend(engine) != first


def test_a_connection_that_worked_a_moment_ago_is_taken_for_alive(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backend(engine)
    asked: list[object] = []
    monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
    assert backend(engine) == first
    assert asked == []
