"""Sessions, by the hash of their token."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, or_, update

from directory.domain.sessions import Lifetime
from directory.storage.account_tables import sessions

_c = sessions.c


class SessionRepository:
    """The sessions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, token_hash: bytes, account_id: UUID, at: datetime) -> None:
        """Open a session."""
        self._connection.execute(
            insert(sessions).values(
                token_hash=token_hash, account_id=account_id, opened_at=at, used_at=at
            )
        )

    def use(self, token_hash: bytes, at: datetime) -> None:
        """Note that a session is in use."""
        self._connection.execute(
            update(sessions).where(_c.token_hash == token_hash, _c.used_at < at).values(used_at=at)
        )

    def end(self, token_hash: bytes) -> UUID | None:
        """End a session; returns whose it was, None when there is none."""
        ended = self._connection.execute(
            delete(sessions).where(_c.token_hash == token_hash).returning(_c.account_id)
        )
        account_id: UUID | None = ended.scalar()
        return account_id

    def end_all(self, account_id: UUID, *, but: bytes = b"") -> int:
        """End an account's sessions, but one; returns how many."""
        ended = self._connection.execute(
            delete(sessions).where(_c.account_id == account_id, _c.token_hash != but)
        )
        return ended.rowcount

    def forget_dead(self, now: datetime, lifetime: Lifetime) -> int:
        """Delete what has ended by itself; returns how many."""
        gone = self._connection.execute(
            delete(sessions).where(
                or_(
                    _c.opened_at <= now - lifetime.absolute,
                    _c.used_at <= now - lifetime.idle,
                )
            )
        )
        return gone.rowcount
