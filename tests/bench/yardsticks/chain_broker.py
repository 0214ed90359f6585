"""What relay and consumers of the FastStream chain share: exchange, quorum queues, channel."""

import os

from faststream.rabbit import Channel, ExchangeType, QueueType, RabbitBroker, RabbitExchange
from faststream.rabbit import RabbitQueue as Queue

# So many messages a consumer works on at once: FastStream runs a task for each.
AT_ONCE = 64

exchange = RabbitExchange("surveys", type=ExchangeType.TOPIC, durable=True)


def make_broker() -> RabbitBroker:
    """Return a broker whose publishing is confirmed."""
    channel = Channel(prefetch_count=AT_ONCE, publisher_confirms=True)
    return RabbitBroker(os.environ["AMQP_URL"], default_channel=channel, logger=None)


def queue_of(consumer: str) -> Queue:
    """Return the quorum queue of a consumer: reports counts answers, inspections takes all."""
    key = "surveys.response_submitted" if consumer == "reports" else "surveys.#"
    return Queue(consumer, queue_type=QueueType.QUORUM, durable=True, routing_key=key)
