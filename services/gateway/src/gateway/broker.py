"""One live connection to the broker: publishes with confirms, receives replies on its own queue."""

import asyncio
import logging
from typing import Final
from uuid import uuid4

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange
from aio_pika.abc import AbstractIncomingMessage as IncomingMessage

log = logging.getLogger(__name__)

EXCHANGE: Final = "nameko-rpc"
HEARTBEAT_SECONDS: Final = 15
CONNECT_SECONDS: Final = 10.0
CONFIRM_SECONDS: Final = 5.0
BLOCKED_SECONDS: Final = 1.0
TRANSIENT: Final = aio_pika.DeliveryMode.NOT_PERSISTENT


class LinkLostError(Exception):
    """The connection ended; what waited on it will get no reply."""


class BlockedError(Exception):
    """The broker takes no messages (an alarm); nothing was sent."""


class Link:
    """A connection with its reply queue, usable until `lost` is set."""

    def __init__(
        self,
        connection: AbstractConnection,
        channel: AbstractChannel,
        exchange: AbstractExchange,
    ) -> None:
        self._connection = connection
        self._channel = channel
        self._exchange = exchange
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self.reply_to = str(uuid4())
        self.lost = asyncio.Event()

    @classmethod
    async def open(cls, amqp_url: str) -> "Link":
        """Connect, and declare a reply queue that dies with the connection.

        The exchange is part of the topology; while it is missing, this fails like a lost broker.
        """
        connection = await aio_pika.connect(
            amqp_url, timeout=CONNECT_SECONDS, heartbeat=HEARTBEAT_SECONDS, name="kipthoi-gateway"
        )
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
                exchange = await channel.get_exchange(EXCHANGE, ensure=False)
                link = cls(connection, channel, exchange)
                queue = await channel.declare_queue(
                    f"rpc.reply-gateway-{link.reply_to}", exclusive=True, auto_delete=True
                )
                await queue.bind(exchange, link.reply_to)
                await queue.consume(link._on_reply, no_ack=True)
        except BaseException:
            await connection.close()
            raise
        connection.close_callbacks.add(link._on_close)
        channel.close_callbacks.add(link._on_close)
        return link

    async def request(self, body: bytes, routing_key: str, seconds: float, call_id: str) -> bytes:
        """Publish a request and return the body of its reply.

        Raises `aio_pika.exceptions.PublishError` when no queue takes it, `BlockedError` when it
        was not sent, `LinkLostError` and `TimeoutError` when it may have been.
        """
        correlation_id = str(uuid4())
        reply: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[correlation_id] = reply
        message = aio_pika.Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            headers={"nameko.call_id_stack": [call_id]},
            delivery_mode=TRANSIENT,
            correlation_id=correlation_id,
            reply_to=self.reply_to,
            expiration=seconds,
        )
        try:
            async with asyncio.timeout(seconds):
                await self._publish(message, routing_key)
                return await reply
        finally:
            self._waiting.pop(correlation_id, None)
            reply.cancel()

    async def close(self) -> None:
        """End the connection; whoever still waits gets `LinkLostError`."""
        self._fail_all()
        await self._connection.close()

    async def _publish(self, message: aio_pika.Message, routing_key: str) -> None:
        if not await self._open_for_publishing():
            raise BlockedError
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._exchange.publish(message, routing_key, mandatory=True)
        except TimeoutError:
            if await self._open_for_publishing():
                log.warning("the broker confirms nothing: connecting anew")
                self._fail_all()
            raise
        except (ConnectionError, RuntimeError) as why:
            self._fail_all()
            raise LinkLostError from why

    async def _open_for_publishing(self) -> bool:
        """Whether the broker takes messages: false while an alarm blocks this connection."""
        transport = self._connection.transport
        if transport is None or self.lost.is_set():
            raise LinkLostError
        try:
            async with asyncio.timeout(BLOCKED_SECONDS):
                await transport.ready()
        except TimeoutError:
            return False
        return True

    async def _on_reply(self, message: IncomingMessage) -> None:
        reply = self._waiting.get(message.correlation_id or "")
        if reply is not None and not reply.done():
            reply.set_result(message.body)

    def _on_close(self, *_: object) -> None:
        self._fail_all()

    def _fail_all(self) -> None:
        self.lost.set()
        for reply in self._waiting.values():
            if not reply.done():
                reply.set_exception(LinkLostError())
