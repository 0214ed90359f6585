"""Ask a service: nameko's RPC protocol, spoken from asyncio.

A request expires in its queue at the caller's timeout, so that no write runs after its caller gave
up. A service that is not there is told at once, because the request is mandatory.
"""

import asyncio
import contextlib
import json
import logging
from typing import Any, Final, Protocol, TypeVar

from aio_pika.exceptions import AMQPError, DeliveryError
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from contracts import problems
from contracts.model import Model
from contracts.problems import Problem, ProblemReply
from contracts.rpc.base import Call, Reply, Request
from gateway import metrics
from gateway.broker import BlockedError, Link, LinkLostError

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Model)

CALL_SECONDS: Final = 10.0
LINK_SECONDS: Final = 1.0
RETRY_SECONDS: Final = (0.1, 0.2, 0.5, 1.0, 2.0)


class NotSent(Problem):
    """The request didn't go out: surely nothing was done."""

    def __init__(self, service: str) -> None:
        super().__init__("service.unavailable", service=service)


class Unanswered(Problem):
    """The request went out and no reply came: it may have been done or not."""

    def __init__(self, service: str) -> None:
        super().__init__("service.unavailable", service=service)


class Rpc(Protocol):
    """Whoever can ask services; tests bring their own."""

    async def call(
        self,
        service: str,
        method: str,
        request: Request,
        call: Call,
        reply_type: type[R],
        *,
        seconds: float = CALL_SECONDS,
    ) -> R:
        """Return the reply or raise `Problem`."""


class RpcClient:
    """Keeps one link to the broker and makes a new one when it is lost.

    Calls that wait on a lost link fail with `service.unavailable`; later ones work again.
    """

    def __init__(self, amqp_url: str) -> None:
        self._amqp_url = amqp_url
        self._link: Link | None = None
        self._linked = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether a live connection to the broker stands."""
        return self._link is not None and not self._link.lost.is_set()

    async def start(self) -> None:
        """Begin to connect; returns at once, so that the gateway lives while the broker is away."""
        self._keeper = asyncio.create_task(self._keep_linked())

    async def stop(self) -> None:
        """Close the connection; calls that still wait fail."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        if self._link is not None:
            await self._link.close()

    async def call(
        self,
        service: str,
        method: str,
        request: Request,
        call: Call,
        reply_type: type[R],
        *,
        seconds: float = CALL_SECONDS,
    ) -> R:
        """Ask `service.method` and return its reply.

        Raises the service's `Problem`; `service.unavailable` when service or broker is away
        (`NotSent`, or `Unanswered` when it may have been carried out); `service.failed` for a reply
        that is none.
        """
        body = encode(request, call)
        call_id = f"gateway.{call.correlation_id}"
        with metrics.rpc_seconds.labels(service, method).time():
            link = await self._live_link(service)
            try:
                reply = await link.request(body, f"{service}.{method}", seconds, call_id)
            except (DeliveryError, BlockedError) as why:
                log.warning("%s.%s was not sent: %r", service, method, why)
                raise NotSent(service) from None
            except (TimeoutError, LinkLostError, AMQPError) as why:
                log.warning("%s.%s was not answered: %r", service, method, why)
                raise Unanswered(service) from None
        return decode(reply, reply_type, f"{service}.{method}")

    async def _live_link(self, service: str) -> Link:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINK_SECONDS):
                await self._linked.wait()
        if self._link is None or self._link.lost.is_set():
            raise NotSent(service)
        return self._link

    async def _keep_linked(self) -> None:
        failures = 0
        while True:
            try:
                self._link = await Link.open(self._amqp_url)
            except Exception as why:  # noqa: BLE001 - whatever fails, the next attempt may work
                log.warning("the broker is away: %r", why)
                pause = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
                failures += 1
                await asyncio.sleep(pause)
                continue
            failures = 0
            self._linked.set()
            log.info("connected to the broker")
            await self._link.lost.wait()
            self._linked.clear()
            log.warning("the connection to the broker is lost")
            with contextlib.suppress(Exception):
                await self._link.close()


def encode(request: Request, call: Call) -> bytes:
    """Return the body of a nameko request; raises `request.malformed` for text that is no text."""
    try:
        parts = (call.model_dump_json(), request.model_dump_json())
    except (PydanticSerializationError, UnicodeEncodeError):
        raise Problem("request.malformed") from None
    return '{{"args":[],"kwargs":{{"context":{},"request":{}}}}}'.format(*parts).encode()


def decode(body: bytes, reply_type: type[R], where: str) -> R:
    """Return the typed reply in a nameko reply; raises the problem that it carries."""
    try:
        outer: dict[str, Any] = json.loads(body)
        if outer["error"] is not None:
            log.error("%s broke: %s", where, outer["error"].get("exc_type"))
            raise Problem("service.failed")
        reply = Reply.model_validate(outer["result"])
        if reply.problem is not None:
            raise problem_of(reply.problem)
        return reply_type.model_validate(reply.result)
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        fields = why.errors(include_input=False) if isinstance(why, ValidationError) else repr(why)
        log.error("%s replied what is no reply: %s", where, fields)  # noqa: TRY400 - may hold input
        raise Problem("service.failed") from None


def problem_of(reply: ProblemReply) -> Problem:
    """Return the problem that a service told; `service.failed` for a code that nobody declared."""
    if reply.code not in problems.codes():
        log.error("nobody declared the problem %s", reply.code)
        return Problem("service.failed")
    problem = Problem(reply.code)
    problem.params = reply.params
    return problem
