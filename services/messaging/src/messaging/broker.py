"""The edge to RabbitMQ: a connection, and a publisher with pipelined confirms."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import amqp
from amqp import spec
from kombu.connection import Connection

from messaging import metrics

LOST: Final = (amqp.exceptions.AMQPError, OSError)
HEARTBEAT_SECONDS: Final = 20
# With a timeout of 0 amqp may lose the beginning of a frame; with any other it keeps it.
_GLANCE: Final = 0.001


class BrokerAway(Exception):
    """The broker is unreachable, blocked by an alarm, or does not confirm."""


@dataclass(frozen=True)
class Outgoing:
    """One message to publish. `mandatory`: somebody has to get it, else it counts as refused."""

    routing_key: str
    body: bytes
    message_id: str
    type: str
    mandatory: bool
    recorded_at: float  # seconds since the epoch, for the latency of reactions


def connect(amqp_url: str) -> Any:
    """Open a connection (`amqp://user:password@host:port/vhost`); raises one of `LOST`.

    It is amqp's own, which kombu makes: on it stand kombu's queues and consumers, and the
    publisher's pipelined confirms, which kombu has not.
    """
    return Connection(
        amqp_url, connect_timeout=10, heartbeat=HEARTBEAT_SECONDS
    ).transport.establish_connection()


class Publisher:
    """Publishes to one exchange, at most `window` messages unconfirmed. One user at a time."""

    def __init__(
        self, amqp_url: str, exchange: str, window: int = 200, confirm_seconds: float = 30.0
    ) -> None:
        self._url = amqp_url
        self._exchange = exchange
        self._window = window
        self._confirm_seconds = confirm_seconds
        self._connection: Any = None
        self._channel: Any = None
        self._tag = 0
        self._pending: dict[int, str] = {}  # delivery tag → message id, oldest first
        self._refused: set[str] = set()
        self._blocked = False

    def publish(self, messages: Sequence[Outgoing]) -> set[str]:
        """Publish and wait for all confirms; return the ids of refused or unroutable messages.

        Raises `BrokerAway`; then any part of the messages may have arrived.
        """
        try:
            self._open()
            self._pending.clear()
            self._refused.clear()
            for message in messages:
                self._send(message)
                while len(self._pending) >= self._window:
                    self._wait()
            while self._pending:
                self._wait()
        except LOST as error:
            self.close()
            raise BrokerAway(str(error)) from error
        return set(self._refused)

    def tick(self) -> None:
        """Keep an idle connection alive and hear what the broker says; raises `BrokerAway`."""
        try:
            self._open()
            self._connection.heartbeat_tick()
            self._connection.drain_events(timeout=_GLANCE)
        except TimeoutError:
            pass
        except LOST as error:
            self.close()
            raise BrokerAway(str(error)) from error
        if self._blocked:
            raise BrokerAway("blocked by an alarm")

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        connection, self._connection = self._connection, None
        self._heed_block(blocked=False)
        metrics.broker_connected.labels("publish").set(0)
        if connection is not None:
            try:
                connection.close()
            except LOST:
                connection.collect()

    def _open(self) -> None:
        if self._connection is not None:
            return
        connection = connect(self._url)
        connection.on_blocked = lambda _reason: self._heed_block(blocked=True)
        connection.on_unblocked = lambda: self._heed_block(blocked=False)
        channel = connection.channel()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)
        channel.events["basic_return"].add(self._on_return)
        self._connection, self._channel, self._tag = connection, channel, 0
        metrics.broker_connected.labels("publish").set(1)

    def _send(self, message: Outgoing) -> None:
        content = amqp.Message(
            message.body,
            content_type="application/cloudevents+json",
            delivery_mode=2,
            message_id=message.message_id,
            type=message.type,
            application_headers={"recorded_at": message.recorded_at},
        )
        # Channel.basic_publish would read from the socket with a timeout of 0 first: see _GLANCE.
        with self._connection.transport.having_timeout(self._confirm_seconds):
            self._channel.send_method(
                spec.Basic.Publish,
                "Bssbb",
                (0, self._exchange, message.routing_key, message.mandatory, False),
                content,
            )
        self._tag += 1
        self._pending[self._tag] = message.message_id

    def _wait(self) -> None:
        deadline = time.monotonic() + self._confirm_seconds
        before = len(self._pending)
        while len(self._pending) == before:
            if self._blocked:
                raise BrokerAway("blocked by an alarm")
            self._connection.drain_events(timeout=max(_GLANCE, deadline - time.monotonic()))

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for settled in self._settled(tag, multiple):
            self._pending.pop(settled, None)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        for settled in self._settled(tag, multiple):
            message_id = self._pending.pop(settled, None)
            if message_id is not None:
                self._refused.add(message_id)

    def _settled(self, tag: int, multiple: bool) -> list[int]:
        return [pending for pending in self._pending if pending <= tag] if multiple else [tag]

    def _on_return(self, _error: object, _exchange: str, _key: str, message: Any) -> None:
        self._refused.add(message.properties["message_id"])

    def _heed_block(self, *, blocked: bool) -> None:
        self._blocked = blocked
        metrics.broker_blocked.set(blocked)
