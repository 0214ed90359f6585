"""The processes that these tests start and end, and what they look at."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, create_engine, text

from contracts.events import Event
from contracts.events.directory import SchoolChanged
from contracts.events.surveys import ResponseSubmitted
from deploy.local.postgres import Database
from messaging import Trace, migrations, record_all
from tests.support.eventually import eventually

PROGRAM = "tests.component.messaging.ledger_service"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TABLES = """
CREATE TABLE runs (event_id uuid NOT NULL, school text NOT NULL);
CREATE TABLE effects (event_id uuid NOT NULL, type text NOT NULL, school text NOT NULL,
                      pid int NOT NULL, batch int NOT NULL,
                      at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE versions (school text PRIMARY KEY, version int NOT NULL);
CREATE TABLE faults (id serial PRIMARY KEY, school text NOT NULL, kind text NOT NULL,
                     "left" int NOT NULL, seconds float NOT NULL DEFAULT 0);
CREATE TABLE locks (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);
INSERT INTO locks (id) VALUES (1), (2);
"""


@dataclass
class Store:
    """One service's database, seen by a test."""

    service: str
    database: Database
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        """Connect and make the tables."""
        self.engine = create_engine(self.database.psycopg, pool_pre_ping=True)
        with self.engine.begin() as connection:
            migrations.create_v1(_Executor(connection))
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(text(statement))

    def record(self, *events: Event, trace: Trace | None = None) -> list[UUID]:
        """Record events in one transaction; return their ids."""
        items = [(event, trace or Trace.start()) for event in events]
        with self.engine.begin() as connection:
            return [e.id for e in record_all(connection, self.service, items, at=NOW)]

    def fault(self, school: str, kind: str, times: int = 1, seconds: float = 0) -> None:
        """Let the handlers misbehave at the next events of a school."""
        row = {"school": school, "kind": kind, "times": times, "seconds": seconds}
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    'INSERT INTO faults (school, kind, "left", seconds)'
                    " VALUES (:school, :kind, :times, :seconds)"
                ),
                row,
            )

    def one(self, query: str, **values: object) -> Any:
        """Return the single value of a query, None without a row."""
        with self.engine.connect() as connection:
            return connection.execute(text(query), values).scalar()

    def effects(self, ids: Sequence[UUID]) -> int:
        """Count the effects of events: each once is as many as there are ids."""
        return int(self.one("SELECT count(*) FROM effects WHERE event_id = ANY(:ids)", ids=ids))

    def distinct_effects(self, ids: Sequence[UUID]) -> int:
        """Count the events that had an effect."""
        query = "SELECT count(DISTINCT event_id) FROM effects WHERE event_id = ANY(:ids)"
        return int(self.one(query, ids=ids))

    def runs(self, event_id: UUID) -> int:
        """Count how often the handler began with an event."""
        return int(self.one("SELECT count(*) FROM runs WHERE event_id = :id", id=event_id))

    def reaction(self, event_id: UUID) -> Any:
        """Return (state, reason, attempts) from the ledger, or None."""
        query = "SELECT state, reason, attempts FROM reactions WHERE event_id = :id"
        with self.engine.connect() as connection:
            row = connection.execute(text(query), {"id": event_id}).one_or_none()
        return None if row is None else tuple(row)

    def unfinished(self) -> int:
        """Count reactions that are retrying or parked."""
        return int(self.one("SELECT count(*) FROM reactions WHERE state IN ('retrying', 'parked')"))

    def unsent(self) -> int:
        """Count the rows of the outbox."""
        return int(self.one("SELECT count(*) FROM outbox"))

    def all_done(self, ids: Sequence[UUID], timeout: float = 30) -> None:
        """Wait until each of the events had its effect, and fail if one had it twice."""
        eventually(lambda: self.distinct_effects(ids) == len(ids), timeout, "all effects")
        assert self.effects(ids) == len(ids)


class Process:
    """A started ledger service."""

    def __init__(self, store: Store, amqp_url: str, folder: Path) -> None:
        self.log = folder / f"{store.service}-{uuid4().hex[:6]}.log"
        with self.log.open("w") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-W", "ignore", "-m", PROGRAM],
                env={
                    **os.environ,
                    "SERVICE": store.service,
                    "DATABASE_URL": store.database.psycopg2,
                    "AMQP_URL": amqp_url,
                },
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def ready(self) -> "Process":
        """Wait until it runs."""
        eventually(lambda: self.says("is ready") or not self.running, 30, "the service is ready")
        assert self.running, self.log.read_text()
        return self

    def says(self, words: str) -> bool:
        """Whether its log has these words."""
        return words in self.log.read_text()

    def gone(self) -> int:
        """Wait for its end; return the exit code."""
        return self._process.wait(30)

    def terminate(self) -> int:
        """SIGTERM, and wait."""
        self._process.send_signal(signal.SIGTERM)
        return self.gone()

    def freeze(self) -> None:
        """SIGSTOP: it keeps its connections and locks, and does nothing more until it is killed."""
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """SIGKILL, unless it is gone."""
        if self.running:
            self._process.kill()
        self._process.wait(30)


class _Executor:
    """`execute(sql)`, as alembic's `op` has it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str) -> None:
        self._connection.execute(text(statement))


def answers(school: str, count: int) -> list[ResponseSubmitted]:
    """Events of the fast lane."""
    return [
        ResponseSubmitted(
            campaign_id=uuid4(), school=school, form="care", source="web", day=date(2026, 11, 23)
        )
        for _ in range(count)
    ]


def changed(school: str, version: int) -> SchoolChanged:
    """An event of directory, on the main lane of three services."""
    return SchoolChanged(school=school, title="Trường", level="primary", version=version)
