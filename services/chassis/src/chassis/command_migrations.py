"""The table of commands as of version 1, for a migration of each service. Frozen."""

from typing import Any

_CREATE = """
    CREATE TABLE commands (
        account_id uuid NOT NULL,
        command_id uuid NOT NULL,
        done_at timestamptz NOT NULL,
        CONSTRAINT pk_commands PRIMARY KEY (account_id, command_id)
    )
"""


def create_v1(op: Any) -> None:
    """Create the table; `op` is `alembic.op`, or anything else with `execute(sql)`."""
    op.execute(_CREATE)


def drop_v1(op: Any) -> None:
    """Drop what `create_v1` made."""
    op.execute("DROP TABLE commands")
