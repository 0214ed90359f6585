"""Events that a test lets happen, and those that a service told."""

import time
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import amqp

from contracts.envelope import Envelope
from contracts.events import Event
from messaging import Trace, topology
from messaging.broker import connect
from tests.support.eventually import eventually


def envelope_of(service: str, event: Event, trace: Trace, *, at: datetime) -> Envelope:
    """Return the envelope in which `service` would tell `event`."""
    return Envelope(
        id=uuid4(),
        source=f"/kipthoi/{service}",
        type=event.name,
        time=at,
        subject=event.subject,
        correlationid=trace.correlation_id,
        causationid=trace.causation_id,
        data=event.payload(),
    )


class Neighbour:
    """Stands for another service on the broker: tells its events, and reads what it is told."""

    def __init__(self, amqp_url: str, service: str) -> None:
        self._url = amqp_url
        self._service = service
        self.heard: list[Envelope] = []

    def __enter__(self) -> Self:
        self._connection: Any = connect(self._url)
        self._channel = self._connection.channel()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def tell(self, event: Event, *, at: datetime) -> Envelope:
        """Publish a first cause; returns its envelope, which `send` may send once more."""
        envelope = envelope_of(self._service, event, Trace.start(), at=at)
        self.send(envelope)
        return envelope

    def send(self, envelope: Envelope) -> None:
        """Publish an envelope."""
        message = amqp.Message(
            envelope.wire(),
            content_type="application/cloudevents+json",
            delivery_mode=2,
            message_id=str(envelope.id),
            type=envelope.type,
            application_headers={"recorded_at": time.time()},
        )
        self._channel.basic_publish(message, topology.EXCHANGE, envelope.type, mandatory=True)

    def hear(self, name: str, number: int) -> list[Envelope]:
        """Wait until `number` different events of this name have come; returns all of them."""

        def enough() -> bool:
            self._drain()
            return len(self._named(name)) >= number

        eventually(enough, timeout=30, message=f"{number} × {name}")
        return self._named(name)

    def _named(self, name: str) -> list[Envelope]:
        """At least once is promised: one event may come twice."""
        return list({e.id: e for e in self.heard if e.type == name}.values())

    def _drain(self) -> None:
        for queue in topology.queues_of(self._service)[:-1]:
            while (message := self._channel.basic_get(queue, no_ack=True)) is not None:
                body = message.body
                self.heard.append(
                    Envelope.from_wire(body if isinstance(body, bytes) else body.encode())
                )
