"""Database and broker go away and come back: nothing is lost, done twice, or counted against it."""

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.component.messaging.conftest import Start
from tests.component.messaging.running import Store, answers
from tests.support.eventually import eventually


@pytest.fixture
def shaky_reports(extra_postgres: PostgreSQL) -> Iterator[Store]:
    """The consumer's database on a server that the test may end."""
    store = Store("reports", extra_postgres.create_database("reports"))
    yield store
    store.engine.dispose()


@pytest.fixture
def shaky_flow(reports: Store, extra_postgres: PostgreSQL) -> Iterator[tuple[Store, Store]]:
    """From the producer's database, on a server that the test may end, to the consumer's."""
    surveys = Store("surveys", extra_postgres.create_database("surveys"))
    yield surveys, reports
    surveys.engine.dispose()


@pytest.fixture
def flow(surveys: Store, reports: Store) -> tuple[Store, Store]:
    """From the producer's database to the consumer's."""
    return surveys, reports


def spent_attempts(store: Store) -> Any:
    return store.one("SELECT count(*) FROM reactions WHERE attempts > 0")


def test_a_stopped_database_pauses_the_consumer(
    surveys: Store, shaky_reports: Store, amqp: str, start: Start, extra_postgres: PostgreSQL
) -> None:
    _, consumer = start.all(amqp, surveys, shaky_reports)
    ids = surveys.record(*answers("before", 5))
    shaky_reports.all_done(ids)
    extra_postgres.stop()
    ids += surveys.record(*answers("during", 50))
    eventually(lambda: consumer.says("waits for the database"))
    extra_postgres.start()
    shaky_reports.all_done(ids)
    assert consumer.running
    assert spent_attempts(shaky_reports) == 0
    assert shaky_reports.unfinished() == 0


def test_a_database_killed_under_a_handler_spends_no_attempt(
    surveys: Store, shaky_reports: Store, amqp: str, start: Start, extra_postgres: PostgreSQL
) -> None:
    _, consumer = start.all(amqp, surveys, shaky_reports)
    shaky_reports.fault("busy", "busy", seconds=30)
    [busy] = surveys.record(*answers("busy", 1))
    eventually(lambda: shaky_reports.runs(busy) == 1)
    extra_postgres.kill()
    extra_postgres.start()
    shaky_reports.all_done([busy])
    assert consumer.running
    assert spent_attempts(shaky_reports) == 0


def test_a_retry_gives_its_attempt_back_when_the_database_goes(
    surveys: Store, shaky_reports: Store, amqp: str, start: Start, extra_postgres: PostgreSQL
) -> None:
    start.all(amqp, surveys, shaky_reports)
    shaky_reports.fault("retried", "fail")
    shaky_reports.fault("retried", "busy", seconds=30)
    [event] = surveys.record(*answers("retried", 1))
    eventually(lambda: shaky_reports.runs(event) == 2)
    extra_postgres.kill()
    extra_postgres.start()
    shaky_reports.all_done([event])
    eventually(lambda: shaky_reports.reaction(event) == ("done", "failed", 2))
    assert shaky_reports.runs(event) == 3


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_relay_waits_for_its_database_and_loses_nothing(
    end: str,
    shaky_flow: tuple[Store, Store],
    amqp: str,
    start: Start,
    extra_postgres: PostgreSQL,
) -> None:
    surveys, reports = shaky_flow
    producer, _ = start.all(amqp, surveys, reports)
    ids = [event for _ in range(20) for event in surveys.record(*answers("flood", 300))]
    eventually(lambda: reports.distinct_effects(ids) > 0)
    assert surveys.unsent() > 0, "the database was to end while its relay sends"
    getattr(extra_postgres, end)()
    eventually(lambda: producer.says("relay waits"))
    extra_postgres.start()
    ids += surveys.record(*answers("after", 5))
    reports.all_done(ids, timeout=60)
    eventually(lambda: surveys.unsent() == 0)
    assert producer.running
    assert reports.unfinished() == 0


@pytest.mark.parametrize("end", ["restart", "kill"])
def test_a_broker_ends_while_publishing_and_consuming(
    end: str, flow: tuple[Store, Store], extra_amqp: str, start: Start, extra_broker: RabbitMQ
) -> None:
    surveys, reports = flow
    producer, consumer = start.all(extra_amqp, surveys, reports)
    ids = [event for _ in range(20) for event in surveys.record(*answers("flood", 300))]
    eventually(lambda: reports.distinct_effects(ids) > 0)
    assert surveys.unsent() > 0, "the broker was to end while publishing"
    if end == "kill":
        extra_broker.kill()
    else:
        extra_broker.stop()
    eventually(lambda: producer.says("relay waits"))
    ids += surveys.record(*answers("offline", 20))
    extra_broker.start()
    reports.all_done(ids, timeout=60)
    eventually(lambda: surveys.unsent() == 0)
    assert producer.running
    assert consumer.running
    eventually(lambda: reports.unfinished() == 0, 30)
    assert reports.one("SELECT count(*) FROM reactions WHERE reason = 'failed'") == 0
