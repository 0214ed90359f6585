"""Many rows by one statement and one parameter, whose cost in Python hardly grows with them.

SQLAlchemy's own way binds each value of each row; with a batch of answers that is a fifth of what
storing them takes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Table


def inserting(table: Table, *columns: str) -> str:
    """Return the SQL that inserts `:rows`, see `as_rows`; what may follow is RETURNING and such.

    Other columns get their defaults.
    """
    names = ", ".join(columns)
    return (
        f"INSERT INTO {table.name} ({names}) SELECT {names}"  # noqa: S608 - our own names
        f" FROM json_populate_recordset(NULL::{table.name}, CAST(:rows AS json))"
    )


def updating(table: Table, key: str, *columns: str) -> str:
    """Return the SQL that stores these columns of `:rows` over the rows with the same `key`."""
    sets = ", ".join(f"{column} = new.{column}" for column in columns)
    return (
        f"UPDATE {table.name} AS old SET {sets}"  # noqa: S608 - our own names
        f" FROM json_populate_recordset(NULL::{table.name}, CAST(:rows AS json)) AS new"
        f" WHERE old.{key} = new.{key}"
    )


def as_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the parameter: text, numbers, ids, days, moments, what is JSON, and bytes."""
    plain = [
        {k: f"\\x{v.hex()}" if isinstance(v, bytes) else v for k, v in row.items()} for row in rows
    ]
    return {"rows": to_json(plain).decode()}
