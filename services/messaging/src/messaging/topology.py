"""Exchanges, queues and bindings, made from contracts' table before any service starts.

Names and arguments are settled: the broker refuses a queue declared otherwise.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from amqp.exceptions import NotFound
from kombu.entity import Exchange, Queue

from contracts.events import CONSUMERS, events_for
from contracts.events.registry import FAST_LANE, SERVICES
from messaging.broker import connect

EXCHANGE: Final = "kipthoi.events"
DEAD_EXCHANGE: Final = "kipthoi.dead"
# nameko's own names: here too, so that no service needs the right to declare anything.
RPC_EXCHANGE: Final = "nameko-rpc"
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


def rpc_queue(service: str) -> str:
    """Return the name of the queue from which a service takes its RPC calls."""
    return f"rpc-{service}"


def targeted(event: str, service: str) -> str:
    """Return the routing key that brings an event to one service alone (`republish --to`)."""
    return f"{event}.{service}"


def bindings_of(service: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (queue, routing key, wanted) for each queue and each event that anyone tells."""
    wanted = {(queue_for(service, event), event) for event in events_for(service)}
    for queue in queues_of(service)[:-1]:
        for event in CONSUMERS:
            for key in (event, targeted(event, service)):
                yield queue, key, (queue, event) in wanted


def apply(amqp_url: str, services: Iterable[str] = SERVICES) -> None:
    """Declare everything and bind exactly what the table says; may run again at any time.

    Raises `amqp.exceptions.PreconditionFailed` where a queue exists with other arguments.
    """
    with connect(amqp_url) as connection:
        # From an exchange that is only made now nothing is bound, so there is nothing to unbind:
        # that is four of five questions to the broker.
        fresh = not _is_there(connection, EXCHANGE)
        channel = connection.channel()
        events = Exchange(EXCHANGE, "topic", channel=channel)
        events.declare()
        # A queue declares its exchange and its binding with it.
        rpc, dead = Exchange(RPC_EXCHANGE, "topic"), Exchange(DEAD_EXCHANGE, "direct")
        for service in services:
            queues = [
                Queue(rpc_queue(service), rpc, routing_key=f"{service}.*"),
                Queue(dead_queue(service), dead, service, queue_arguments=_DEAD_ARGUMENTS),
                *(Queue(q, queue_arguments=_arguments(service)) for q in queues_of(service)[:-1]),
            ]
            for queue in queues:
                queue.declare(channel=channel)
            for name, key, wanted in bindings_of(service):
                queue = Queue(name, channel=channel)
                if wanted:
                    queue.bind_to(events, routing_key=key)
                elif not fresh:
                    queue.unbind_from(events, routing_key=key)


def check(amqp_url: str, service: str) -> None:
    """Look, changing nothing, whether the service's queues exist; else raise `TopologyMissing`."""
    with connect(amqp_url) as connection:
        try:
            for queue in (rpc_queue(service), *queues_of(service)):
                Queue(queue, channel=connection.channel()).queue_declare(passive=True)
        except NotFound as error:
            raise TopologyMissing(f"{error.reply_text}: run `kipthoi topology apply`") from error


def _is_there(connection: Any, exchange: str) -> bool:
    try:
        Exchange(exchange, "topic", channel=connection.channel()).declare(passive=True)
    except NotFound:
        return False
    return True


# Nothing stands behind the dead queue, so it must never give up (4.0 would after 20).
_DEAD_ARGUMENTS: Final = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}


def _arguments(service: str) -> dict[str, Any]:
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": service,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
