"""A look into a database beside the processes that work on it."""

from typing import Any

import psycopg


class Look:
    """Asks over one connection, made when it is first needed: another for each question costs more.

    Each question sees what is stored by then.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection | None = None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of our own SQL; a server that was started anew meanwhile is asked too."""
        try:
            return self._open().execute(sql).fetchall()
        except psycopg.OperationalError:
            return self._open().execute(sql).fetchall()

    def close(self) -> None:
        """End the connection; the next question makes another."""
        if self._connection is not None:
            self._connection.close()

    def _open(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._url, autocommit=True)
        return self._connection
