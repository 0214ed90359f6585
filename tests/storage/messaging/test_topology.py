"""What a real broker has bound: exactly what the table says, the first time and again."""

from kombu.entity import Exchange, Queue

from contracts.events import CONSUMERS, events_for
from deploy.local.rabbitmq import RabbitMQ
from messaging import topology
from messaging.broker import connect

SERVICE = "inspections"


def bound(broker: RabbitMQ, amqp_url: str) -> list[tuple[str, str]]:
    """Queue and routing key of each binding of the service's queues."""
    vhost = amqp_url.rpartition("/")[2]
    asked = f"exchanges/{vhost}/{topology.EXCHANGE}/bindings/source"
    told = broker.administration.api("GET", asked)
    return sorted((one["destination"], one["routing_key"]) for one in told)


def test_exactly_what_is_wanted_is_bound_the_first_time_and_again(
    broker: RabbitMQ, amqp_url: str
) -> None:
    wanted = sorted((queue, key) for queue, key, is_so in topology.bindings_of(SERVICE) if is_so)
    topology.apply(amqp_url, (SERVICE,))
    assert bound(broker, amqp_url) == wanted

    unwanted = sorted(set(CONSUMERS) - set(events_for(SERVICE)))
    with connect(amqp_url) as connection:
        queue = Queue(topology.main_queue(SERVICE), channel=connection.channel())
        queue.bind_to(Exchange(topology.EXCHANGE, "topic"), routing_key=unwanted[0])
    assert bound(broker, amqp_url) != wanted
    topology.apply(amqp_url, (SERVICE,))
    assert bound(broker, amqp_url) == wanted
