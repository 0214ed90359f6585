"""Each user of the broker can do its work, and nothing in another's name."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import amqp
import pytest

from deploy.local.rabbitmq import RabbitMQ
from deploy.setup.rights import USERS
from messaging import topology
from messaging.broker import connect

FOREIGN_CALLS = [
    (user, f"{service}.order")
    for user in USERS
    for service in ("directory", "surveys", "inspections", "reports")
    if user != "gateway"
]


@pytest.fixture(scope="module")
def addresses(broker: RabbitMQ) -> Iterator[dict[str, str]]:
    """The address of each user on a virtual host with the topology."""
    url = broker.create_vhost()
    vhost = url.rpartition("/")[2]
    topology.apply(url)
    yield broker.ensure_users(lambda user: f"{user}-{broker.password}", vhost)
    broker.delete_vhost(vhost)


class As:
    """A channel of one user; `refuses` says whether the broker refuses what is done on it."""

    def __init__(self, url: str) -> None:
        self.connection = connect(url)
        self.channel: Any = self.connection.channel()
        self.channel.confirm_select()

    def close(self) -> None:
        with suppress(OSError, amqp.AMQPError):
            self.connection.close()

    def publish(self, exchange: str, key: str) -> None:
        self.channel.basic_publish_confirm(amqp.Message("{}"), exchange, key)


@pytest.fixture
def act(addresses: dict[str, str]) -> Iterator[Any]:
    """`act("surveys")` opens a channel as that user."""
    opened: list[As] = []

    def open_as(user: str) -> As:
        opened.append(As(addresses[user]))
        return opened[-1]

    yield open_as
    for one in opened:
        one.close()


@pytest.mark.parametrize("service", ["directory", "surveys", "inspections", "reports"])
def test_a_service_tells_its_own_events_and_answers_calls(act: Any, service: str) -> None:
    one = act(service)
    one.publish(topology.EXCHANGE, f"{service}.something_happened")
    one.publish(topology.EXCHANGE, topology.targeted(f"{service}.something_happened", "reports"))
    one.publish(topology.RPC_EXCHANGE, "4f7a8c1e-reply")
    for queue in (topology.rpc_queue(service), *topology.queues_of(service)):
        one.channel.basic_get(queue)


def test_the_gateway_asks_every_service_and_hears_the_replies(act: Any) -> None:
    one = act("gateway")
    queue = "rpc.reply-gateway-4f7a8c1e"
    one.channel.queue_declare(queue, exclusive=True)
    one.channel.queue_bind(queue, topology.RPC_EXCHANGE, "4f7a8c1e")
    for service in ("directory", "surveys", "inspections", "reports"):
        one.publish(topology.RPC_EXCHANGE, f"{service}.ping")
    act("surveys").publish(topology.RPC_EXCHANGE, "4f7a8c1e")
    assert one.channel.basic_get(queue) is not None


@pytest.mark.parametrize(("user", "method"), FOREIGN_CALLS)
def test_no_service_gives_a_command(act: Any, user: str, method: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        act(user).publish(topology.RPC_EXCHANGE, method)


@pytest.mark.parametrize("user", USERS)
def test_nobody_tells_an_event_in_anothers_name(act: Any, user: str) -> None:
    other = "reports" if user != "reports" else "surveys"
    with pytest.raises(amqp.AccessRefused):
        act(user).publish(topology.EXCHANGE, f"{other}.something_happened")


@pytest.mark.parametrize("user", USERS)
def test_nobody_puts_a_message_into_a_queue_directly(act: Any, user: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        act(user).publish("", "inspections.events")


@pytest.mark.parametrize("user", USERS)
def test_nobody_reads_what_is_for_another(act: Any, user: str) -> None:
    other = "reports" if user != "reports" else "surveys"
    for queue in (topology.rpc_queue(other), *topology.queues_of(other)):
        with pytest.raises(amqp.AccessRefused):
            act(user).channel.basic_get(queue)


@pytest.mark.parametrize("user", USERS)
def test_nobody_eavesdrops_on_calls_or_changes_the_topology(act: Any, user: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        act(user).channel.queue_bind(topology.rpc_queue("surveys"), topology.RPC_EXCHANGE, "#")
    with pytest.raises(amqp.AccessRefused):
        act(user).channel.queue_delete("inspections.events")
    with pytest.raises(amqp.AccessRefused):
        act(user).channel.exchange_delete(topology.EXCHANGE)
    if user == "gateway":
        gateway = act(user)
        gateway.channel.queue_declare("rpc.reply-gateway-ea", exclusive=True)
        with pytest.raises(amqp.AccessRefused):
            gateway.channel.queue_bind("rpc.reply-gateway-ea", topology.RPC_EXCHANGE, "surveys.*")
