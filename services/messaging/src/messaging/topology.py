"""Exchanges, queues and bindings, made from contracts' table before any service starts.

Names and arguments are settled: the broker refuses a queue declared otherwise.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from amqp.exceptions import NotFound

from contracts.events import CONSUMERS, events_for
from contracts.events.registry import FAST_LANE, SERVICES
from messaging.broker import connect

EXCHANGE: Final = "kipthoi.events"
DEAD_EXCHANGE: Final = "kipthoi.dead"
# After so many deliveries without an answer the broker gives a message up, into the dead queue.
DELIVERY_LIMIT: Final = 20


class TopologyMissing(Exception):
    """An exchange or queue is not declared; `kipthoi topology apply` declares it."""


def main_queue(service: str) -> str:
    """Return the name of the queue of everything that is not on the fast lane."""
    return f"{service}.events"


def fast_queue(service: str) -> str:
    """Return the name of the queue of the hot path's events."""
    return f"{service}.events.fast"


def dead_queue(service: str) -> str:
    """Return the name of the queue of what the broker gave up on."""
    return f"{service}.dead"


def queue_for(service: str, event: str) -> str:
    """Return the queue through which `service` gets `event`."""
    return fast_queue(service) if event in FAST_LANE else main_queue(service)


def queues_of(service: str) -> tuple[str, ...]:
    """Return all queues of a service: main, fast (if it consumes such events), dead."""
    fast = (fast_queue(service),) if FAST_LANE.intersection(events_for(service)) else ()
    return (main_queue(service), *fast, dead_queue(service))


def bindings_of(service: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (queue, event, wanted) for each queue and each event that anyone tells."""
    wanted = {(queue_for(service, event), event) for event in events_for(service)}
    for queue in queues_of(service)[:-1]:
        for event in CONSUMERS:
            yield queue, event, (queue, event) in wanted


def apply(amqp_url: str, services: Iterable[str] = SERVICES) -> None:
    """Declare everything and bind exactly what the table says; may run again at any time.

    Raises `amqp.exceptions.PreconditionFailed` where a queue exists with other arguments.
    """
    with connect(amqp_url) as connection:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
        channel.exchange_declare(DEAD_EXCHANGE, "direct", durable=True, auto_delete=False)
        for service in services:
            for queue in queues_of(service):
                arguments = _arguments(service, dead=queue == dead_queue(service))
                channel.queue_declare(queue, durable=True, auto_delete=False, arguments=arguments)
            channel.queue_bind(dead_queue(service), DEAD_EXCHANGE, routing_key=service)
            for queue, event, wanted in bindings_of(service):
                change = channel.queue_bind if wanted else channel.queue_unbind
                change(queue, EXCHANGE, routing_key=event)


def check(amqp_url: str, service: str) -> None:
    """Look, changing nothing, whether the service's queues exist; else raise `TopologyMissing`."""
    with connect(amqp_url) as connection:
        try:
            connection.channel().exchange_declare(EXCHANGE, "topic", passive=True)
            for queue in queues_of(service):
                connection.channel().queue_declare(queue, passive=True)
        except NotFound as error:
            raise TopologyMissing(f"{error.reply_text}: run `kipthoi topology apply`") from error


def _arguments(service: str, *, dead: bool) -> dict[str, Any]:
    if dead:
        # Nothing stands behind the dead queue, so it must never give up (4.0 would after 20).
        return {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": service,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
