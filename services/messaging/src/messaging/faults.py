"""Telling apart whose fault a failure is: the handler's, the database's, or a collision's."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import exc

# deadlock_detected, serialization_failure: both sides were right, one has to go again.
_COLLISIONS: Final = frozenset({"40P01", "40001"})
# Connection lost, resources exhausted, shutdown and startup.
_OUTAGE_CLASSES: Final = frozenset({"08", "53", "57"})
_QUERY_CANCELED: Final = "57014"  # in class 57, but a statement timeout is the statement's fault
_READ_ONLY: Final = "25006"  # a replica that is not promoted yet


class DatabaseAway(Exception):
    """The database does not answer: nobody's work was wrong, so wait and repeat."""


def is_collision(error: BaseException) -> bool:
    """Whether the transaction lost against another one and only has to be repeated."""
    return any(_sqlstate(link) in _COLLISIONS for link in _chain(error))


def is_outage(error: BaseException) -> bool:
    """Whether the connection to the database failed, directly or beneath the error raised."""
    return any(_is_lost(link) for link in _chain(error))


def describe(error: BaseException) -> str:
    """Return type and message for the operator, without the parameters of statements."""
    if isinstance(error, exc.DBAPIError):
        error = error.orig or error
    # Half a letter, which no log and no database takes, is told as a question mark.
    return f"{type(error).__name__}: {error}"[:2000].encode(errors="replace").decode()


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _is_lost(error: BaseException) -> bool:
    if isinstance(error, exc.TimeoutError):  # no connection came free in the pool
        return True
    if not isinstance(error, exc.DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = _sqlstate(error)
    if state is None:
        return isinstance(error, exc.OperationalError | exc.InterfaceError)
    return (state[:2] in _OUTAGE_CLASSES and state != _QUERY_CANCELED) or state == _READ_ONLY


def _sqlstate(error: BaseException) -> str | None:
    if not isinstance(error, exc.DBAPIError):
        return None
    # psycopg2 calls it pgcode, psycopg 3 sqlstate.
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return str(state) if state else None
