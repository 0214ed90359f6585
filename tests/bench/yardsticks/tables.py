"""The tables of the yardsticks: `python -m tests.bench.yardsticks.tables` makes them."""

import os
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    Uuid,
    create_engine,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.sql.dml import ReturningInsert

from tests.bench.yardsticks.shapes import DEMANDED, Event

DATABASE_URL = "BENCH_DATABASE_URL"
metadata = MetaData()

responses = Table(
    "responses",
    metadata,
    Column("submission_id", Uuid, primary_key=True),
    Column("campaign", Text, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("demand", JSONB),
    Column("receipt", Text, nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text),
    Column("event_id", Uuid),
    PrimaryKeyConstraint("consumer", "event_id"),
)
counts = Table(
    "counts",
    metadata,
    Column("consumer", Text),
    Column("campaign", Text),
    Column("answers", Integer, nullable=False),
    PrimaryKeyConstraint("consumer", "campaign"),
)
inspections = Table(
    "inspections",
    metadata,
    Column("campaign", Text, primary_key=True),
    Column("proposed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
triggers = Table(
    "triggers",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("campaign", Text, nullable=False, index=True),
)


def database_url(driver: str) -> str:
    """Return the address of the database for a driver."""
    url = make_url(os.environ[DATABASE_URL]).set(drivername=f"postgresql+{driver}")
    return url.render_as_string(hide_password=False)


def take(consumer: str, event: Event) -> ReturningInsert[Any]:
    """Take an event over: returns no row when it came before."""
    row = insert(inbox).values(consumer=consumer, event_id=event.id)
    return row.on_conflict_do_nothing().returning(inbox.c.event_id)


def effects_of(consumer: str, event: Event) -> list[Insert]:
    """Return the statements that are the effect of an event at a consumer."""
    campaign = event.data.campaign
    if event.type == DEMANDED:
        return [
            insert(inspections).values(campaign=campaign).on_conflict_do_nothing(),
            insert(triggers).values(event_id=event.id, campaign=campaign),
        ]
    row = insert(counts).values(consumer=consumer, campaign=campaign, answers=1)
    counted = {"answers": counts.c.answers + 1}
    return [row.on_conflict_do_update(index_elements=["consumer", "campaign"], set_=counted)]


def _counted(consumer: str) -> Select[tuple[int]]:
    total = func.coalesce(func.sum(counts.c.answers), 0)
    return select(total).where(counts.c.consumer == consumer)


EFFECTS = select(
    _counted("reports").scalar_subquery().label("reports"),
    _counted("inspections").scalar_subquery().label("inspections"),
    select(func.count()).select_from(triggers).scalar_subquery().label("demands"),
)

if __name__ == "__main__":
    metadata.create_all(create_engine(database_url("psycopg2")))
