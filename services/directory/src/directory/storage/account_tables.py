"""The tables of accounts, sessions and keys. Of every secret only a hash is kept.

Their times are of the real clock, whatever business time does.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from directory.storage.tables import metadata

__all__ = ["accounts", "api_keys", "login_attempts", "metadata", "sessions"]

_moment = DateTime(timezone=True)

# Only the operator stands at no unit. `password_hash` is argon2id in its own notation.
accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("username", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("unit", Text),
    Column("password_hash", Text, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("last_login_at", _moment),
    PrimaryKeyConstraint("id", name="pk_accounts"),
    UniqueConstraint("username", name="uq_accounts_username"),
    ForeignKeyConstraint(["unit"], ["units.code"], name="fk_accounts_unit_units"),
    CheckConstraint("(role = 'operator') = (unit IS NULL)", name="ck_accounts_unit"),
    Index("ix_accounts_unit", "unit"),
)

# `token_hash` is the SHA-256 of 256 random bits: nothing to guess, so nothing to slow down.
sessions: Final = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("opened_at", _moment, nullable=False),
    Column("used_at", _moment, nullable=False),
    PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id_accounts"),
    Index("ix_sessions_account_id", "account_id"),
)

api_keys: Final = Table(
    "api_keys",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("title", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("unit", Text),
    Column("created_at", _moment, nullable=False),
    Column("revoked_at", _moment),
    PrimaryKeyConstraint("id", name="pk_api_keys"),
    UniqueConstraint("token_hash", name="uq_api_keys_token_hash"),
    ForeignKeyConstraint(["unit"], ["units.code"], name="fk_api_keys_unit_units"),
    CheckConstraint("(role = 'operator') = (unit IS NULL)", name="ck_api_keys_unit"),
)

# Of known and unknown usernames alike, and hashed: people type passwords into the wrong field.
login_attempts: Final = Table(
    "login_attempts",
    metadata,
    Column("username_hash", LargeBinary, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", _moment, nullable=False),
    PrimaryKeyConstraint("username_hash", name="pk_login_attempts"),
    Index("ix_login_attempts_last_at", "last_at"),
)
