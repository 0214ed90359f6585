"""Relay and publisher against a real broker, without a service around them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from deploy.local.rabbitmq import RabbitMQ
from deploy.local.server import plain_environment
from messaging import Trace, metrics, record_all, topology
from messaging.broker import BrokerAway, Outgoing, Publisher, connect
from messaging.operating import republish
from messaging.relay import Relay
from tests.component.messaging.running import NOW, answers, changed
from tests.storage.messaging.conftest import scalar
from tests.support.eventually import eventually


@pytest.fixture
def publisher(amqp_url: str) -> Iterator[Publisher]:
    topology.apply(amqp_url)
    made = Publisher(amqp_url, topology.EXCHANGE, window=7, confirm_seconds=10)
    yield made
    made.close()


def keep(engine: Engine, count: int) -> None:
    with engine.begin() as connection:
        items = [(event, Trace.start()) for event in answers("a", count)]
        record_all(connection, "surveys", items, at=NOW)


def waiting(amqp_url: str, queue: str) -> list[str]:
    """The ids of a queue's messages, which are taken out."""
    with connect(amqp_url) as connection:
        channel = connection.channel()
        found = []
        while (message := channel.basic_get(queue, no_ack=True)) is not None:
            found.append(message.properties["message_id"])
        return found


def test_a_batch_goes_to_every_consumer_and_leaves_the_outbox(
    engine: Engine, publisher: Publisher, amqp_url: str
) -> None:
    keep(engine, 45)
    relay = Relay(engine, publisher, batch=40)
    assert relay.step() is True
    assert relay.step() is False
    assert scalar(engine, "SELECT count(*) FROM outbox") == 0
    for service in ("reports", "inspections"):
        found = waiting(amqp_url, f"{service}.events.fast")
        assert len(found) == len(set(found)) == 45


def test_an_event_without_its_queue_waits_and_holds_up_nothing(
    engine: Engine, publisher: Publisher, amqp_url: str
) -> None:
    with connect(amqp_url) as connection:
        for service in ("inspections", "reports"):
            connection.channel().queue_delete(f"{service}.events.fast")
    keep(engine, 3)
    with engine.begin() as connection:
        items = [(changed("a", 1), Trace.start())]
        record_all(connection, "directory", items, at=NOW)
    before = metrics.refused.labels("surveys.response_submitted")._value.get()
    relay = Relay(engine, publisher, batch=40)
    relay.step()
    assert scalar(engine, "SELECT count(*) FROM outbox WHERE due_at > now()") == 3
    assert scalar(engine, "SELECT count(*) FROM outbox") == 3
    assert metrics.refused.labels("surveys.response_submitted")._value.get() == before + 3
    topology.apply(amqp_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET due_at = now()"))
    relay.step()
    assert scalar(engine, "SELECT count(*) FROM outbox") == 0


def test_what_is_no_event_any_more_holds_up_nothing(engine: Engine, publisher: Publisher) -> None:
    keep(engine, 5)
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE events SET occurred_at = '9999-01-01'"
                " WHERE id = (SELECT event_id FROM outbox ORDER BY id LIMIT 1)"
            )
        )
    before = metrics.refused.labels("surveys.response_submitted")._value.get()
    relay = Relay(engine, publisher, batch=40)
    relay.step()
    assert scalar(engine, "SELECT count(*) FROM outbox") == 1
    assert scalar(engine, "SELECT count(*) FROM outbox WHERE due_at > now()") == 1
    assert metrics.refused.labels("surveys.response_submitted")._value.get() == before + 1


def test_what_is_republished_stands_behind_what_is_new(
    engine: Engine, publisher: Publisher, amqp_url: str
) -> None:
    relay = Relay(engine, publisher, batch=10)
    keep(engine, 10)
    relay.step()
    waiting(amqp_url, "reports.events.fast")
    with engine.begin() as connection:
        assert republish(connection, names=None, since=None, target="reports") == 10
    keep(engine, 10)
    relay.step()
    assert scalar(engine, "SELECT count(*) FROM outbox WHERE priority = 1") == 10


def test_rows_of_another_relay_are_left_to_it(engine: Engine, publisher: Publisher) -> None:
    keep(engine, 5)
    with engine.begin() as other:
        other.execute(text("SELECT id FROM outbox ORDER BY id LIMIT 3 FOR UPDATE"))
        Relay(engine, publisher, batch=10).step()
        assert scalar(engine, "SELECT count(*) FROM outbox") == 3


def test_a_missing_exchange_loses_nothing(engine: Engine, amqp_url: str) -> None:
    keep(engine, 2)
    publisher = Publisher(amqp_url, topology.EXCHANGE, confirm_seconds=10)
    with pytest.raises(BrokerAway, match="no exchange"):
        Relay(engine, publisher, batch=10).step()
    assert scalar(engine, "SELECT count(*) FROM outbox") == 2
    topology.apply(amqp_url)
    Relay(engine, publisher, batch=10).step()
    assert scalar(engine, "SELECT count(*) FROM outbox") == 0
    publisher.close()


def test_a_check_names_what_is_missing(amqp_url: str) -> None:
    topology.apply(amqp_url, ("surveys",))
    topology.check(amqp_url, "surveys")
    with pytest.raises(topology.TopologyMissing, match="topology apply"):
        topology.check(amqp_url, "reports")


def test_a_blocked_broker_is_told_apart_and_recovers(extra_broker: RabbitMQ) -> None:
    url = extra_broker.create_vhost()
    topology.apply(url)
    publisher = Publisher(url, topology.EXCHANGE, confirm_seconds=60)
    message = Outgoing("inspections.inspection_proposed", b"{}", str(uuid4()), "", True, 0.0)
    assert publisher.publish([message]) == set()
    rabbitmqctl(extra_broker, "set_vm_memory_high_watermark", "absolute", "1")
    try:
        with pytest.raises(BrokerAway, match="alarm"):
            publisher.publish([message])
        assert metrics.broker_blocked._value.get() == 1
    finally:
        rabbitmqctl(extra_broker, "set_vm_memory_high_watermark", "0.4")
    eventually(lambda: not_blocked(publisher))
    assert publisher.publish([message]) == set()
    assert metrics.broker_blocked._value.get() == 0
    publisher.close()


def not_blocked(publisher: Publisher) -> bool:
    try:
        publisher.tick()
    except BrokerAway:
        return False
    return True


def rabbitmqctl(broker: RabbitMQ, *arguments: str) -> None:
    [program] = sorted(Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmqctl"))[-1:]
    subprocess.run(  # noqa: S603 - our own command
        [str(program), *arguments],
        env=plain_environment(
            HOME=str(broker.home),
            ERL_EPMD_ADDRESS="127.0.0.1",
            ERL_EPMD_PORT=str(broker.ports.epmd),
            RABBITMQ_CONF_ENV_FILE="/dev/null",
            RABBITMQ_NODENAME="kipthoi@localhost",
        ),
        cwd=broker.home,
        check=True,
        capture_output=True,
    )
