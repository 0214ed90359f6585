"""Attempts to log in, by the hash of what was typed as username."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from directory.domain.attempts import FORGOTTEN_AFTER, Attempts
from directory.storage.account_tables import login_attempts

_c = login_attempts.c


class AttemptRepository:
    """The attempts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, username_hash: bytes, now: datetime) -> Attempts | None:
        """Return the attempts so far; others on the same username wait for this transaction."""
        self._connection.execute(
            insert(login_attempts)
            .values(username_hash=username_hash, count=0, last_at=now)
            .on_conflict_do_nothing()
        )
        query = (
            select(_c.count, _c.last_at).where(_c.username_hash == username_hash).with_for_update()
        )
        attempts = Attempts(*self._connection.execute(query).one())
        return attempts if attempts.count else None

    def put(self, username_hash: bytes, attempts: Attempts) -> None:
        """Store the attempts of a username that is locked."""
        self._connection.execute(
            update(login_attempts)
            .where(_c.username_hash == username_hash)
            .values(count=attempts.count, last_at=attempts.last_at)
        )

    def clear(self, username_hash: bytes) -> None:
        """Forget the attempts: somebody proved to know the password, or it was reset."""
        self._connection.execute(delete(login_attempts).where(_c.username_hash == username_hash))

    def forget_old(self, now: datetime) -> int:
        """Delete those that count no more; returns how many."""
        gone = self._connection.execute(
            delete(login_attempts).where(_c.last_at <= now - FORGOTTEN_AFTER)
        )
        return gone.rowcount
