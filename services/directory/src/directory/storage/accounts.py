"""Accounts and the hashes of their passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from directory.domain.records import Account
from directory.storage.account_tables import accounts
from directory.storage.scopes import Reach, within

_c = accounts.c
_ACCOUNT = (
    _c.id,
    _c.username,
    _c.display_name,
    _c.role,
    _c.unit,
    _c.disabled,
    _c.must_change_password,
    _c.last_login_at,
)


@dataclass(frozen=True)
class Claim:
    """Who somebody says to be, and the hash that decides."""

    account_id: UUID
    password_hash: str


class AccountRepository:
    """The accounts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account: Account, password_hash: str) -> bool:
        """Add an account; False when the username is taken."""
        row = insert(accounts).values(
            id=account.id,
            username=account.username,
            display_name=account.display_name,
            role=account.role,
            unit=account.unit,
            password_hash=password_hash,
            must_change_password=account.must_change_password,
            disabled=account.disabled,
        )
        added = self._connection.execute(
            row.on_conflict_do_nothing(index_elements=["username"]).returning(_c.id)
        )
        return added.first() is not None

    def any(self) -> bool:
        """Whether there is an account at all."""
        return self._connection.execute(select(_c.id).limit(1)).first() is not None

    def find(self, account_id: UUID) -> Account | None:
        """Return an account."""
        return next(iter(self._read(_c.id == account_id)), None)

    def named(self, username: str) -> Account | None:
        """Return the account of a username in its one spelling."""
        return next(iter(self._read(_c.username == username)), None)

    def lock(self, account_id: UUID, reach: Reach) -> Account | None:
        """Return an account in reach that nobody else changes until this transaction ends."""
        query = select(_c.id).where(_c.id == account_id, within(reach, _c.unit)).with_for_update()
        locked = self._connection.execute(query).first()
        return self.find(account_id) if locked else None

    def listed(self, reach: Reach, unit: str | None = None) -> list[Account]:
        """Return the accounts in reach, by unit, then username; the operators' first."""
        wanted = [within(reach, _c.unit)]
        if unit is not None:
            wanted.append(_c.unit == unit)
        return self._read(*wanted)

    def claimed(self, username: str) -> Claim | None:
        """Return whose username it is with the hash to verify; None when nobody may log in so."""
        query = select(_c.id, _c.password_hash).where(
            _c.username == username, _c.disabled.is_(False)
        )
        row = self._connection.execute(query).first()
        return Claim(*row) if row else None

    def set_password(self, account_id: UUID, password_hash: str, *, must_change: bool) -> None:
        """Set the hash of the password, and whether it has to be changed first."""
        self._connection.execute(
            update(accounts)
            .where(_c.id == account_id)
            .values(password_hash=password_hash, must_change_password=must_change)
        )

    def change_password(self, claim: Claim, password_hash: str) -> bool:
        """Set the hash that its owner chose; False when it is not the claimed one any more."""
        return self._update(claim, password_hash=password_hash, must_change_password=False)

    def logged_in(self, claim: Claim, at: datetime, fresh_hash: str | None = None) -> bool:
        """Note the login, and a newer hash of the same password.

        False when the account was disabled or its password changed while it was verified.
        """
        fresh = {"password_hash": fresh_hash} if fresh_hash else {}
        return self._update(claim, last_login_at=at, **fresh)

    def set_disabled(self, account_id: UUID, *, disabled: bool) -> None:
        """Let the account log in or not."""
        self._connection.execute(
            update(accounts).where(_c.id == account_id).values(disabled=disabled)
        )

    def _update(self, claim: Claim, **values: object) -> bool:
        changed = self._connection.execute(
            update(accounts)
            .where(
                _c.id == claim.account_id,
                _c.password_hash == claim.password_hash,
                _c.disabled.is_(False),
            )
            .values(**values)
        )
        return changed.rowcount == 1

    def _read(self, *conditions: ColumnElement[bool]) -> list[Account]:
        query = (
            select(*_ACCOUNT)
            .where(*conditions)
            .order_by(_c.unit.is_not(None), _c.unit, _c.username)
        )
        return [Account(*row) for row in self._connection.execute(query)]
