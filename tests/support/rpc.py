"""Calls a service as the gateway does: nameko's RPC protocol, one call at a time."""

import json
import uuid
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

import amqp
from kombu.utils.url import parse_url

from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc.base import Actor, Call, Reply, Request

R = TypeVar("R", bound=Model)
EXCHANGE = "nameko-rpc"
REPLY_SECONDS = 30
OPERATOR = Actor(role="operator", schools=None)


class Rpc:
    """A client of one broker; `call` waits for the reply and raises the problem it brings."""

    def __init__(self, url: str) -> None:
        where = parse_url(url)
        self._connection = amqp.Connection(
            f"{where['hostname']}:{where['port']}",
            where["userid"],
            where["password"],
            virtual_host=where["virtual_host"],
        )
        self._replies: dict[str, dict[str, Any]] = {}
        self._asked: deque[str] = deque()
        self._address = f"test-{uuid.uuid4()}"

    def __enter__(self) -> Self:
        self._connection.connect()
        self._channel = self._connection.channel()
        self._channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
        self._channel.queue_declare(self._address, exclusive=True)
        self._channel.queue_bind(self._address, EXCHANGE, self._address)
        self._channel.basic_consume(self._address, no_ack=True, callback=self._on_reply)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError, amqp.AMQPError):  # a broker that a test killed
            self._connection.close()

    def arrived(self) -> bool:
        """Whether the reply to the oldest call is here by now."""
        with suppress(TimeoutError):
            self._connection.drain_events(timeout=0.05)
        return self._asked[0] in self._replies

    def call(
        self,
        method: str,
        request: Request,
        reply: type[R],
        *,
        actor: Actor = OPERATOR,
        correlation_id: uuid.UUID | None = None,
    ) -> R:
        """Call "service.method"; returns its result as `reply`, raises `Problem`."""
        self.publish(method, request, actor=actor, correlation_id=correlation_id)
        return self.collect(reply)

    def publish(
        self,
        method: str,
        request: Request,
        *,
        actor: Actor = OPERATOR,
        correlation_id: uuid.UUID | None = None,
    ) -> None:
        """Send a call and don't wait; `collect` brings the replies in the order of the calls."""
        context = Call(actor=actor, correlation_id=correlation_id or uuid.uuid4())
        self._send(method, context.model_dump(mode="json"), request.model_dump(mode="json"))

    def collect(self, reply: type[R]) -> R:
        """Wait for the reply to the oldest call; raises the `Problem` that it brings."""
        answer = Reply.model_validate(self._receive()["result"])
        if answer.problem is not None:
            raise Problem(answer.problem.code, **answer.problem.params)
        return reply.model_validate(answer.result)

    def publish_without_address(self, method: str) -> None:
        """Send a call that names no place for its reply."""
        body = {"args": [], "kwargs": {"context": {}, "request": {}}}
        message = amqp.Message(json.dumps(body), content_type="application/json")
        self._channel.basic_publish(message, EXCHANGE, method)

    def publish_bytes(self, method: str, body: bytes) -> None:
        """Send whatever bytes as a call."""
        message = amqp.Message(body, content_type="application/json", content_encoding="utf-8")
        self._channel.basic_publish(message, EXCHANGE, method)

    def raw(self, method: str, context: Any, request: Any) -> dict[str, Any]:
        """Call with whatever JSON; returns nameko's reply `{"result": …, "error": …}`."""
        self._send(method, context, request)
        return self._receive()

    def _send(self, method: str, context: Any, request: Any) -> None:
        call_id = str(uuid.uuid4())
        body = {"args": [], "kwargs": {"context": context, "request": request}}
        self._asked.append(call_id)
        self._channel.basic_publish(
            amqp.Message(
                json.dumps(body),
                content_type="application/json",
                content_encoding="utf-8",
                reply_to=self._address,
                correlation_id=call_id,
                application_headers={"nameko.call_id_stack": [f"tests.{call_id}"]},
            ),
            EXCHANGE,
            method,
        )

    def _receive(self) -> dict[str, Any]:
        call_id = self._asked.popleft()
        while call_id not in self._replies:
            self._connection.drain_events(timeout=REPLY_SECONDS)
        return self._replies.pop(call_id)

    def _on_reply(self, message: Any) -> None:
        self._replies[message.correlation_id] = json.loads(message.body)
