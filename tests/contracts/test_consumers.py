"""Every consumer takes every example: as it is, with a field of tomorrow, and once more."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

import inspections.application.supplying
import inspections.reactions
import inspections.storage.unit_of_work
import reports.reactions
import reports.shipped
import reports.storage.unit_of_work
import surveys.application.supplying
import surveys.reactions
import surveys.storage.unit_of_work
from chassis.database import make_engine
from contracts.envelope import Envelope
from contracts.events import EVENTS, events_for
from deploy.local.postgres import Database
from messaging import Handlers, RetryPolicy
from messaging.arrivals import Arrival
from messaging.intake import Intake
from tests.support.databases import newest

EXAMPLES = Path("services/contracts/examples")


def now() -> datetime:
    return datetime(2024, 3, 5, 3, tzinfo=UTC)


def surveys_handlers(engine: Engine) -> Handlers:
    with surveys.storage.unit_of_work.open_units(engine, now).for_system() as work:
        surveys.application.supplying.supply(work)
    return surveys.reactions.make_handlers()


def inspections_handlers(engine: Engine) -> Handlers:
    units = inspections.storage.unit_of_work.open_units(engine, now)
    with units.for_system() as work:
        inspections.application.supplying.supply(work)
    return inspections.reactions.make_handlers(units)


def reports_handlers(engine: Engine) -> Handlers:
    kinds = reports.shipped.kinds()
    units = reports.storage.unit_of_work.open_units(engine, now, kinds)
    return reports.reactions.make_handlers(units)


CONSUMERS: dict[str, Callable[[Engine], Handlers]] = {
    "surveys": surveys_handlers,
    "inspections": inspections_handlers,
    "reports": reports_handlers,
}


def number(engine: Engine, sql: str) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(sql).scalar_one())


@pytest.mark.parametrize("service", sorted(CONSUMERS))
def test_a_consumer_takes_every_example_once(service: str, database: Database) -> None:
    newest(service, database)
    engine = make_engine(database.url)
    handlers = CONSUMERS[service](engine)
    handlers.check()
    intake = Intake(engine, handlers, RetryPolicy(), on_retrying=lambda: None)
    consumed = [name for name in EVENTS if name in events_for(service)]
    for name in consumed:
        example = Envelope.from_wire((EXAMPLES / f"{name}.json").read_bytes())
        tomorrow = example.model_copy(
            update={"id": uuid4(), "data": example.data | {"of_tomorrow": [1]}}
        )
        for envelope in (example, tomorrow, example):
            intake.take([Arrival(envelope.wire())])
            failed = number(engine, "SELECT count(*) FROM reactions")
            assert failed == 0, f"{service} could not take {name}"
    assert number(engine, "SELECT count(*) FROM inbox") == 2 * len(consumed)
    engine.dispose()
