"""One engine per process, transactions, and locks for work that only one replica may do."""

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import InvalidatePoolError

# SQLAlchemy 2.1 reads plain "postgresql://" as psycopg 3, whose waits in C block eventlet's hub.
GREEN_DRIVER = "postgresql+psycopg2"
PLAIN_DRIVER = "postgresql+psycopg"
# A connection that worked so many seconds ago is taken for alive.
_TRUSTED_SECONDS: Final = 1.0


def make_engine(url: str, *, driver: str = PLAIN_DRIVER, pool_size: int = 10) -> Engine:
    """Return an engine; `max_overflow=0`, so that a burst waits instead of opening connections.

    Errors, and so logs, don't tell the parameters of a statement: answers, hashes of secrets.
    """
    engine = create_engine(
        make_url(url).set(drivername=driver),
        pool_size=pool_size,
        max_overflow=0,
        pool_use_lifo=True,  # the few that are enough at the moment stay warm
        pool_timeout=30,
        hide_parameters=True,
    )
    _ping_the_idle(engine)
    return engine


def _ping_the_idle(engine: Engine) -> None:
    """Let no connection out of the pool that died while nobody used it.

    SQLAlchemy's own `pool_pre_ping` asks before each transaction, which under load is a twentieth
    of all that a service does.
    """

    def came_back(_connection: object, record: Any) -> None:
        record.info["came_back"] = time.monotonic()

    def goes_out(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("came_back", time.monotonic()) < _TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as why:
            raise InvalidatePoolError from why

    event.listen(engine, "checkin", came_back)
    event.listen(engine, "checkout", goes_out)


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
