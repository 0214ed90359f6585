"""The broker's own limit: one publisher with pipelined confirms and one consumer on a quorum queue.

`python -m tests.bench.yardsticks.broker declare|publish|consume MESSAGES` prints the seconds that
it took. Messages are persistent and as large as the product's events.
"""

import os
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import amqp

QUEUE = "limit"
WINDOW = 400
BODY = b"x" * 480
LONG = 60.0


def connect() -> Any:
    """Connect to the broker and return a channel."""
    url = urlsplit(os.environ["AMQP_URL"])
    connection = amqp.Connection(
        host=f"{url.hostname}:{url.port}",
        userid=url.username,
        password=url.password,
        virtual_host=url.path[1:] or "/",
    )
    connection.connect()
    channel = connection.channel()
    channel.queue_declare(
        QUEUE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"}
    )
    return channel


def declare(_: int) -> float:
    """Declare the queue."""
    began = time.monotonic()
    connect().connection.close()
    return time.monotonic() - began


def publish(messages: int) -> float:
    """Publish with at most `WINDOW` messages unconfirmed."""
    channel = connect()
    channel.confirm_select()
    unconfirmed: dict[int, None] = {}  # in the order of sending

    def on_ack(tag: int, multiple: bool) -> None:
        if not multiple:
            del unconfirmed[tag]
            return
        while unconfirmed and (oldest := next(iter(unconfirmed))) <= tag:
            del unconfirmed[oldest]

    channel.events["basic_ack"].add(on_ack)
    message = amqp.Message(BODY, content_type="application/json", delivery_mode=2)
    began = time.monotonic()
    for sent in range(1, messages + 1):
        channel._basic_publish(message, "", QUEUE)  # the one that doesn't wait
        unconfirmed[sent] = None
        while len(unconfirmed) >= WINDOW:
            channel.connection.drain_events(timeout=LONG)
    while unconfirmed:
        channel.connection.drain_events(timeout=LONG)
    return time.monotonic() - began


def consume(messages: int) -> float:
    """Consume, with one ack for 100 messages."""
    channel = connect()
    channel.basic_qos(0, WINDOW, False)
    taken = 0
    began = 0.0

    def take(message: Any) -> None:
        nonlocal taken, began
        began = began or time.monotonic()
        taken += 1
        if taken % 100 == 0 or taken == messages:
            channel.basic_ack(message.delivery_tag, multiple=True)

    channel.basic_consume(QUEUE, callback=take)
    while taken < messages:
        channel.connection.drain_events(timeout=LONG)
    seconds = time.monotonic() - began
    channel.connection.close()
    return seconds


if __name__ == "__main__":
    work = {"declare": declare, "publish": publish, "consume": consume}[sys.argv[1]]
    sys.stdout.write(f"{work(int(sys.argv[2])):.6f}\n")
