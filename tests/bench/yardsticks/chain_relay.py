"""The relay of the FastStream chain: claim, publish with confirms all at once, delete, commit."""

import asyncio
from typing import Any

import uvloop
from faststream.rabbit import RabbitBroker
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tests.bench.yardsticks.chain_broker import exchange, make_broker, queue_of
from tests.bench.yardsticks.tables import database_url, outbox

BATCH = 500
IDLE_SECONDS = 0.01


async def relay(engine: AsyncEngine, broker: RabbitBroker) -> None:
    """Publish what is in the outbox, for ever."""
    while True:
        if not await publish_batch(engine, broker):
            await asyncio.sleep(IDLE_SECONDS)


async def publish_batch(engine: AsyncEngine, broker: RabbitBroker) -> int:
    """Publish one batch; returns how many events."""
    claim = select(outbox).order_by(outbox.c.id).limit(BATCH).with_for_update(skip_locked=True)
    async with engine.begin() as connection:
        rows = (await connection.execute(claim)).all()
        if rows:
            await asyncio.gather(*(publish(broker, row) for row in rows))
            sent = [row.id for row in rows]
            await connection.execute(delete(outbox).where(outbox.c.id.in_(sent)))
    return len(rows)


async def publish(broker: RabbitBroker, row: Any) -> None:
    """Publish one event, persistent, and wait for its confirm."""
    await broker.publish(
        row.body,
        exchange=exchange,
        routing_key=row.type,
        persist=True,
        content_type="application/json",
        message_id=str(row.event_id),
        message_type=row.type,
    )


async def main() -> None:
    """Declare the queues, so that no event is published before they stand; then relay."""
    engine = create_async_engine(database_url("asyncpg"))
    async with make_broker() as broker:
        declared = await broker.declare_exchange(exchange)
        for name in ("reports", "inspections"):
            queue = queue_of(name)
            await (await broker.declare_queue(queue)).bind(declared, queue.routing())
        await relay(engine, broker)


if __name__ == "__main__":
    uvloop.run(main())
