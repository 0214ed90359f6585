"""A broker that can't serve its queues any more begins anew, and every event takes effect once."""

import pytest

from deploy.local.queues import unserved
from deploy.local.rabbitmq import RabbitMQ
from deploy.local.settling import republish
from messaging import topology
from messaging.broker import Publisher
from messaging.relay import Relay
from tests.component.messaging.conftest import Start
from tests.component.messaging.running import Store, answers
from tests.support.eventually import eventually
from tests.support.queues import damage

VHOST = "events"


def sent(store: Store, url: str) -> None:
    """Let everything that waits in the outbox be taken over by the broker."""
    publisher = Publisher(url, topology.EXCHANGE)
    while Relay(store.engine, publisher, 500).step():
        pass
    publisher.close()
    assert store.unsent() == 0


def test_queues_that_nobody_serves_are_given_up_and_their_events_told_again(
    surveys: Store,
    reports: Store,
    extra_broker: RabbitMQ,
    start: Start,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = extra_broker.create_vhost(VHOST)
    topology.apply(url)
    had = surveys.record(*answers("had", 10))
    sent(surveys, url)
    [consumer] = start.all(url, reports)
    reports.all_done(had)
    consumer.terminate()
    waiting = surveys.record(*answers("waiting", 10))
    sent(surveys, url)
    extra_broker.refilled.touch()

    extra_broker.stop()
    damage(extra_broker.home, "reports.events.fast")
    extra_broker.start()

    assert "could not serve what it kept, and begins anew" in capsys.readouterr().out
    assert not extra_broker.refilled.exists()
    assert not unserved(extra_broker.administration)
    url = extra_broker.create_vhost(VHOST)
    topology.apply(url)
    start.all(url, surveys, reports)
    assert republish({"surveys": surveys.database.url, "reports": reports.database.url}) == 20
    eventually(lambda: surveys.unsent() == 0)
    last = surveys.record(*answers("last", 1))  # the same queue: it comes behind all of them
    reports.all_done(last)
    reports.all_done([*had, *waiting])
    assert reports.unfinished() == 0
