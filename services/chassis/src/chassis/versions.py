"""Rows of which the newest version counts: events come in any order, and some come twice."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert


def keep_newer(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Store a row unless the table knows the same or a later `version` of it.

    Returns whether it is news. The table has a primary key and a column `version`.
    """
    key = table.primary_key.columns
    fresh = insert(table).values(row)
    stored = connection.execute(
        fresh.on_conflict_do_update(
            index_elements=list(key),
            set_={name: fresh.excluded[name] for name in row if name not in key},
            where=fresh.excluded.version > table.c.version,
        ).returning(*key)
    )
    return stored.first() is not None
