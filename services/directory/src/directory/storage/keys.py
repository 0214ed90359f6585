"""API keys, by the hash of their secret."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, select, update

from directory.domain.records import ApiKey
from directory.storage.account_tables import api_keys
from directory.storage.scopes import Reach, within

_c = api_keys.c
_KEY = (_c.id, _c.title, _c.role, _c.unit, _c.created_at, _c.revoked_at)


class KeyRepository:
    """The API keys of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, key: ApiKey, token_hash: bytes) -> None:
        """Add a key."""
        self._connection.execute(
            insert(api_keys).values(
                id=key.id,
                token_hash=token_hash,
                title=key.title,
                role=key.role,
                unit=key.unit,
                created_at=key.created_at,
            )
        )

    def lock(self, key_id: UUID, reach: Reach) -> ApiKey | None:
        """Return a key in reach that nobody else changes until this transaction ends."""
        query = select(*_KEY).where(_c.id == key_id, within(reach, _c.unit)).with_for_update()
        row = self._connection.execute(query).first()
        return ApiKey(*row) if row else None

    def listed(self, reach: Reach) -> list[ApiKey]:
        """Return the keys in reach, newest first."""
        return self._read(within(reach, _c.unit))

    def revoke(self, key_id: UUID, at: datetime) -> None:
        """End a key for good."""
        self._connection.execute(update(api_keys).where(_c.id == key_id).values(revoked_at=at))

    def _read(self, *conditions: ColumnElement[bool]) -> list[ApiKey]:
        query = select(*_KEY).where(*conditions).order_by(_c.created_at.desc(), _c.id)
        return [ApiKey(*row) for row in self._connection.execute(query)]
