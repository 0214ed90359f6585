"""The broker's own limit: how many persistent messages it takes and gives at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from deploy.local.rabbitmq import RabbitMQ
from tests.bench.yardstick import HERE, run_once


@dataclass(frozen=True)
class Limit:
    """Messages a second, published and consumed at the same time."""

    published: float
    consumed: float


def measure_limit(broker: RabbitMQ, messages: int) -> Limit:
    """Publish and consume so many messages at once over one quorum queue."""
    amqp_url = broker.create_vhost()
    # There before both come: a quorum queue that two declare at once may refuse its consumer.
    run_once(("-m", f"{HERE}.broker", "declare", "0"), {"AMQP_URL": amqp_url})
    try:
        with ThreadPoolExecutor() as pool:
            seconds = [
                pool.submit(
                    run_once, ("-m", f"{HERE}.broker", what, str(messages)), {"AMQP_URL": amqp_url}
                )
                for what in ("consume", "publish")
            ]
            consumed, published = (messages / float(one.result()) for one in seconds)
    finally:
        broker.delete_vhost(amqp_url.rpartition("/")[2])
    return Limit(published, consumed)
