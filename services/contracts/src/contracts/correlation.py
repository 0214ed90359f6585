"""Which chain the work at hand belongs to: known to whatever it logs, however deep below.

A context variable: each asyncio task, thread and greenlet has its own.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID, uuid4

ANONYMOUS: Final = 8  # the UUID version that RFC 9562 leaves to applications
_current: ContextVar[UUID | None] = ContextVar("correlation_id", default=None)


def current() -> UUID | None:
    """Return the correlation id of the work at hand; None outside any."""
    return _current.get()


def anonymous_id() -> UUID:
    """Return a random id for a chain that somebody without a name begins.

    Such a chain stands in no log, in no process, because a log line has a time of day and an
    anonymous answer has none. Its id says so itself.
    """
    return UUID(int=uuid4().int & ~(0xF << 76) | ANONYMOUS << 76)


def is_anonymous(correlation_id: UUID) -> bool:
    """Whether the chain was begun by somebody without a name."""
    return correlation_id.version == ANONYMOUS


@contextmanager
def correlated(correlation_id: UUID | None) -> Iterator[None]:
    """Do the work inside under this id. An exception carries it along, to whoever logs it above."""
    token = _current.set(correlation_id)
    try:
        yield
    except Exception as error:
        vars(error).setdefault("correlation_id", correlation_id)
        raise
    finally:
        _current.reset(token)


def correlate(record: logging.LogRecord) -> bool:
    """Give a record, whoever made it, the id of the work at hand, else that of its exception."""
    if not hasattr(record, "correlation_id"):
        record.correlation_id = current() or _carried(record)
    return True


def _carried(record: logging.LogRecord) -> UUID | None:
    error = record.exc_info[1] if record.exc_info else None
    carried = getattr(error, "correlation_id", None)
    return carried if isinstance(carried, UUID) else None
