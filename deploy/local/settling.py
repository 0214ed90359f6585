"""Sending again what the broker lost, and waiting until everybody has it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from sqlalchemy import Engine, create_engine, make_url

from contracts.events import CONSUMERS, events_for
from deploy.local.errors import StackError
from messaging import operating


def republish(databases: Mapping[str, str]) -> int:
    """Send every kept event to each of its consumers again; returns how many.

    As `kipthoi events republish --to` does: whoever had one drops it by its inbox.
    """
    count = 0
    for url in databases.values():
        engine = _engine(url)
        with engine.begin() as connection:
            for consumer in databases:
                names = events_for(consumer)
                if names:
                    count += operating.republish(
                        connection, names=names, since=None, target=consumer
                    )
        engine.dispose()
    return count


def wait_settled(databases: Mapping[str, str], seconds: float = 600) -> None:
    """Wait until nothing is left to publish and every event was taken over by whom it concerns.

    Raises `StackError` that says what is missing.
    """
    deadline = time.monotonic() + seconds
    while open_ends := dict(_open_ends(databases)):
        if time.monotonic() > deadline:
            said = ", ".join(f"{what}: {count}" for what, count in open_ends.items())
            raise StackError(
                f"The system is restored and runs, but {seconds:.0f} s later not everything has "
                f"arrived ({said}). `kipthoi events list` says what is stuck."
            )
        time.sleep(0.3)


def stuck(databases: Mapping[str, str]) -> dict[str, int]:
    """Return how many reactions of each service wait for another attempt or for the operator."""
    counts = {}
    for service, url in databases.items():
        sql = "SELECT count(*) FROM reactions WHERE state IN ('retrying', 'parked')"
        counts[service] = _number(url, sql)
    return {service: count for service, count in counts.items() if count}


def _open_ends(databases: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for service, url in databases.items():
        if waiting := _number(url, "SELECT count(*) FROM outbox"):
            yield f"{service} has to send", waiting
    with ExitStack() as stack:
        open_ = {
            service: stack.enter_context(psycopg.connect(url)) for service, url in databases.items()
        }
        for teller, connection in open_.items():
            for taker, other in open_.items():
                names = [
                    name
                    for name, takers in CONSUMERS.items()
                    if taker in takers and name.startswith(f"{teller}.")
                ]
                told = _ids(connection, "SELECT id FROM events WHERE type = ANY(%s)", names)
                taken = _ids(
                    other, "SELECT event_id FROM inbox WHERE event_id = ANY(%s)", list(told)
                )
                if told - taken:
                    yield f"{taker} has to hear from {teller}", len(told - taken)


def _ids(connection: psycopg.Connection, query: LiteralString, wanted: list[Any]) -> set[UUID]:
    return {row[0] for row in connection.execute(query, [wanted])}


def _number(url: str, sql: LiteralString) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))
