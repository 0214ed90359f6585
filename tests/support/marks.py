"""Looking for what an answer may not leave behind: marked words, and the moment of its arrival."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import psycopg
from psycopg.sql import SQL, Identifier

from messaging.broker import connect
from messaging.topology import EXCHANGE
from tests.support.rpc import EXCHANGE as RPC_EXCHANGE

MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?"
)
NUMBER: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e\+?\d+)?(?!\w)")
ZONES: Final = (UTC, ZoneInfo("Asia/Ho_Chi_Minh"))
SECONDS: Final = (1, 1e3, 1e6)  # a number may count seconds, milliseconds, microseconds


@dataclass(frozen=True)
class Window:
    """Two stretches of time, by the real clock and by the business clock."""

    spans: tuple[tuple[datetime, datetime], ...]

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in one of them; without a zone it may be of any."""
        readings = [moment] if moment.tzinfo else [moment.replace(tzinfo=z) for z in ZONES]
        return any(begin <= one <= end for one in readings for begin, end in self.spans)

    def told_in(self, text: str) -> list[str]:
        """Return what is written in a text that names a moment of the window."""
        written = [
            one for one in MOMENT.findall(text) if self.holds(datetime.fromisoformat(_tidy(one)))
        ]
        return written + [one for one in NUMBER.findall(text) if self._counts(float(one))]

    def _counts(self, number: float) -> bool:
        spans = [(begin.timestamp(), end.timestamp()) for begin, end in self.spans]
        return any(begin <= number / unit <= end for begin, end in spans for unit in SECONDS)


def _tidy(moment: str) -> str:
    return moment.replace(" +", "+")


def forms_of(mark: str) -> tuple[str, ...]:
    """Return the ways in which a mark may be written: as it is, or as bytes in hexadecimal."""
    return mark, mark.encode().hex()


def rows_of(url: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (table, row as JSON) of everything in a database."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        ).fetchall()
        for (table,) in tables:
            query = SQL("SELECT to_jsonb(t) FROM {} t").format(Identifier(table))
            for (row,) in connection.execute(query):
                yield table, row


def columns_with(url: str, mark: str) -> set[str]:
    """Return table.column of every value in a database that holds the mark."""
    return {
        f"{table}.{column}"
        for table, row in rows_of(url)
        for column, value in row.items()
        if any(form in str(value) for form in forms_of(mark))
    }


def columns_telling(url: str, window: Window) -> set[str]:
    """Return table.column of every value in a database that names a moment of the window."""
    return {
        f"{table}.{column}"
        for table, row in rows_of(url)
        for column, value in row.items()
        if window.told_in(str(value))
    }


class Listener:
    """Hears every event and every RPC of a virtual host from now on.

    It keeps no connection: the broker would end one that waits for longer than a heartbeat.
    """

    QUEUE: Final = "listener"

    def __init__(self, amqp_url: str) -> None:
        self._url = amqp_url
        with connect(amqp_url) as connection:
            channel = connection.channel()
            channel.queue_declare(self.QUEUE, durable=True, auto_delete=False)
            for exchange in (EXCHANGE, RPC_EXCHANGE):
                channel.queue_bind(self.QUEUE, exchange, "#")

    def heard(self) -> list[tuple[str, str]]:
        """Return what came since it was asked last: routing key, and all headers with the body."""
        found = []
        with connect(self._url) as connection:
            channel = connection.channel()
            while (message := channel.basic_get(self.QUEUE, no_ack=True)) is not None:
                body = message.body if isinstance(message.body, str) else message.body.decode()
                key = message.delivery_info["routing_key"]
                found.append((key, f"{message.properties} {body}"))
        return found
