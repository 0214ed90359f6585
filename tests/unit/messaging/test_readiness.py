from collections.abc import Iterator

import pytest

from messaging import metrics
from messaging.broker import BrokerAway
from messaging.extension import check_broker

PUBLISH = metrics.broker_connected.labels("publish")
CONSUME = metrics.broker_connected.labels("consume")


@pytest.fixture(autouse=True)
def connected() -> Iterator[None]:
    PUBLISH.set(1)
    CONSUME.set(1)
    yield
    PUBLISH.set(0)
    CONSUME.set(0)
    metrics.broker_blocked.set(0)


def test_ready_while_both_connections_stand() -> None:
    check_broker()


def test_not_ready_when_one_is_lost_or_an_alarm_blocks() -> None:
    for gauge in (PUBLISH, CONSUME):
        gauge.set(0)
        with pytest.raises(BrokerAway, match="no connection"):
            check_broker()
        gauge.set(1)
    metrics.broker_blocked.set(1)
    with pytest.raises(BrokerAway, match="alarm"):
        check_broker()
