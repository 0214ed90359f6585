"""A consumer of the FastStream chain: `python -m tests.bench.yardsticks.chain_consumer NAME`.

Inbox row and effect in one transaction; the message is acked when it is committed.
"""

import sys

import uvloop
from faststream import AckPolicy, FastStream
from sqlalchemy.ext.asyncio import create_async_engine

from tests.bench.yardsticks.chain_broker import exchange, make_broker, queue_of
from tests.bench.yardsticks.shapes import Event
from tests.bench.yardsticks.tables import database_url, effects_of, take


def make_consumer(name: str) -> FastStream:
    """Return the app that takes the events of one queue."""
    engine = create_async_engine(database_url("asyncpg"), pool_size=32, max_overflow=0)
    broker = make_broker()

    @broker.subscriber(queue_of(name), exchange, ack_policy=AckPolicy.NACK_ON_ERROR)
    async def react(event: Event) -> None:
        async with engine.begin() as connection:
            if (await connection.execute(take(name, event))).first() is None:
                return
            for statement in effects_of(name, event):
                await connection.execute(statement)

    return FastStream(broker, logger=None)


if __name__ == "__main__":
    uvloop.run(make_consumer(sys.argv[1]).run())
