"""One engine per process, transactions, and locks for work that only one replica may do."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, make_url, text

# SQLAlchemy 2.1 reads plain "postgresql://" as psycopg 3, whose waits in C block eventlet's hub.
GREEN_DRIVER = "postgresql+psycopg2"
PLAIN_DRIVER = "postgresql+psycopg"


def make_engine(url: str, *, driver: str = PLAIN_DRIVER, pool_size: int = 10) -> Engine:
    """Return an engine; `max_overflow=0`, so that a burst waits instead of opening connections.

    Errors, and so logs, don't tell the parameters of a statement: answers, hashes of secrets.
    """
    return create_engine(
        make_url(url).set(drivername=driver),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=30,
        hide_parameters=True,
    )


def ping(engine: Engine) -> None:
    """Ask the database for nothing; raises when it is away."""
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def lock_key(name: str) -> int:
    """Return the advisory lock number of a name."""
    return zlib.crc32(name.encode())


@contextmanager
def only_one(engine: Engine, name: str) -> Iterator[Connection | None]:
    """Open a transaction that holds the lock `name`, or yield None while another has it."""
    with engine.begin() as connection:
        taken = connection.execute(
            text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": lock_key(name)}
        ).scalar_one()
        yield connection if taken else None
