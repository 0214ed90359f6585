"""Units, schools, accounts, sessions, the calendar; the tables of messaging and audit."""

from alembic import op
from chassis import audit_migrations
from messaging import migrations as messaging_migrations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = (
    # A trusted extension: whoever owns the database may create it.
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """
    CREATE TABLE units (
        code text NOT NULL CONSTRAINT pk_units PRIMARY KEY,
        title text NOT NULL,
        kind text NOT NULL CONSTRAINT ck_units_kind
            CHECK (kind IN ('authority', 'office', 'cluster', 'school')),
        version integer NOT NULL
    )
    """,
    """
    CREATE TABLE schools (
        code text NOT NULL CONSTRAINT pk_schools PRIMARY KEY
            CONSTRAINT fk_schools_code_units REFERENCES units (code),
        level text NOT NULL,
        opened_on date NOT NULL,
        closed_on date,
        CONSTRAINT ck_schools_closed_on CHECK (closed_on >= opened_on)
    )
    """,
    """
    CREATE TABLE memberships (
        unit text NOT NULL CONSTRAINT fk_memberships_unit_units REFERENCES units (code),
        hierarchy text NOT NULL CONSTRAINT ck_memberships_hierarchy
            CHECK (hierarchy IN ('administrative', 'professional', 'cluster')),
        parent text NOT NULL CONSTRAINT fk_memberships_parent_units REFERENCES units (code),
        valid_from date NOT NULL,
        valid_to date,
        CONSTRAINT pk_memberships PRIMARY KEY (unit, hierarchy, valid_from),
        CONSTRAINT ck_memberships_valid_to CHECK (valid_to > valid_from),
        CONSTRAINT ck_memberships_parent CHECK (parent <> unit),
        CONSTRAINT ex_memberships_one_parent EXCLUDE USING gist
            (unit WITH =, hierarchy WITH =, daterange(valid_from, valid_to) WITH &&)
    )
    """,
    "CREATE INDEX ix_memberships_parent_hierarchy ON memberships (parent, hierarchy)",
    """
    CREATE TABLE calendar_overrides (
        day date NOT NULL CONSTRAINT pk_calendar_overrides PRIMARY KEY,
        kind text NOT NULL CONSTRAINT ck_calendar_overrides_kind CHECK (kind IN ('off', 'work')),
        legal_basis text NOT NULL,
        version integer NOT NULL
    )
    """,
    """
    CREATE TABLE accounts (
        id uuid NOT NULL CONSTRAINT pk_accounts PRIMARY KEY,
        username text NOT NULL CONSTRAINT uq_accounts_username UNIQUE,
        display_name text NOT NULL,
        role text NOT NULL,
        unit text CONSTRAINT fk_accounts_unit_units REFERENCES units (code),
        password_hash text NOT NULL,
        must_change_password boolean NOT NULL,
        disabled boolean NOT NULL,
        last_login_at timestamptz,
        CONSTRAINT ck_accounts_unit CHECK ((role = 'operator') = (unit IS NULL))
    )
    """,
    "CREATE INDEX ix_accounts_unit ON accounts (unit)",
    """
    CREATE TABLE sessions (
        token_hash bytea NOT NULL CONSTRAINT pk_sessions PRIMARY KEY,
        account_id uuid NOT NULL
            CONSTRAINT fk_sessions_account_id_accounts REFERENCES accounts (id),
        opened_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_sessions_account_id ON sessions (account_id)",
    """
    CREATE TABLE api_keys (
        id uuid NOT NULL CONSTRAINT pk_api_keys PRIMARY KEY,
        token_hash bytea NOT NULL CONSTRAINT uq_api_keys_token_hash UNIQUE,
        title text NOT NULL,
        role text NOT NULL,
        unit text CONSTRAINT fk_api_keys_unit_units REFERENCES units (code),
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT ck_api_keys_unit CHECK ((role = 'operator') = (unit IS NULL))
    )
    """,
    """
    CREATE TABLE login_attempts (
        username_hash bytea NOT NULL CONSTRAINT pk_login_attempts PRIMARY KEY,
        count integer NOT NULL,
        last_at timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_login_attempts_last_at ON login_attempts (last_at)",
)


def upgrade() -> None:
    messaging_migrations.create_v1(op)
    audit_migrations.create_v1(op)
    for statement in CREATE:
        op.execute(statement)


TABLES = (
    "login_attempts",
    "api_keys",
    "sessions",
    "accounts",
    "calendar_overrides",
    "memberships",
    "schools",
    "units",
)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    audit_migrations.drop_v1(op)
    messaging_migrations.drop_v1(op)
