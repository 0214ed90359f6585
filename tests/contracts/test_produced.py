"""The check that services' tests end with finds what a producer got wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import ColumnElement, Engine, update
from sqlalchemy.dialects.postgresql import JSONB

from chassis.database import make_engine
from contracts.envelope import Envelope
from contracts.events import EVENTS, event_class
from deploy.local.postgres import Database, PostgreSQL
from messaging import Trace, record
from messaging.tables import events
from tests.support.databases import lent
from tests.support.produced import check_events

EXAMPLES = Path("services/contracts/examples")
NAME = "inspections.remedy_assigned"
NAMES = sorted(name for name in EVENTS if name.startswith("inspections."))


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    with lent("inspections", postgres) as one:
        yield one


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    """A database in which inspections told each of its events once."""
    engine = make_engine(database.url)
    with engine.begin() as connection:
        for name in NAMES:
            example = Envelope.from_wire((EXAMPLES / f"{name}.json").read_bytes())
            event = event_class(name).model_validate(example.data)
            at = datetime(2024, 3, 5, tzinfo=UTC)
            record(connection, "inspections", event, trace=Trace.start(), at=at)
    yield engine
    engine.dispose()


@pytest.mark.usefixtures("engine")
def test_what_follows_the_schemas_passes(database: Database) -> None:
    assert check_events(database) == len(NAMES) > 5


def test_a_database_without_tables_has_no_events(postgres: PostgreSQL) -> None:
    assert check_events(postgres.admin) == 0


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("remark", "x", r"/: Additional properties .*'remark' was unexpected"),
        ("school", None, r'/school: null is not of type "string"'),
        ("kind", "punishment", r'/kind: "punishment" is not one of'),
        ("due_on", "soon", r'/due_on: "soon" is not a "date"'),
        ("remedy_id", 7, r'/remedy_id: 7 is not of type "string"'),
    ],
)
def test_what_does_not_is_named(
    database: Database, engine: Engine, field: str, value: object, why: str
) -> None:
    change(engine, events.c.data + sqlalchemy.cast({field: value}, JSONB))
    with pytest.raises(AssertionError, match=f"^{NAME}: {why}"):
        check_events(database)


def test_a_field_that_is_left_out_is_named(database: Database, engine: Engine) -> None:
    change(engine, events.c.data.op("-")("school"))
    with pytest.raises(AssertionError, match=rf'^{NAME}: /: "school" is a required'):
        check_events(database)


def change(engine: Engine, data: ColumnElement[Any]) -> None:
    """Rewrite the data of one of the events."""
    with engine.begin() as connection:
        connection.execute(update(events).where(events.c.type == NAME).values(data=data))
