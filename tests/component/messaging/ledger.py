"""A service that does nothing but messaging, to be started, killed and asked by tests.

Run with SERVICE, DATABASE_URL and AMQP_URL. Every handler writes down that it ran (`runs`, which a
rollback does not undo) and what it did (`effects`, inside its transaction); the table `faults` says
at which school's events it fails, and how. `record(school, count)` is an RPC.
"""

import logging
import os
import signal
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import eventlet
from eventlet.event import Event as Signal
from nameko.containers import ServiceContainer
from nameko.rpc import rpc
from sqlalchemy import Connection, column, create_engine, insert, table, text

from contracts.events import event_class, events_for
from contracts.events.surveys import ResponseSubmitted
from messaging import (
    Delivery,
    Handlers,
    Messaging,
    MessagingSettings,
    Permanent,
    RetryPolicy,
    Trace,
    record_all,
)

SERVICE = os.environ["SERVICE"]
engine = create_engine(os.environ["DATABASE_URL"], pool_size=10, max_overflow=0, pool_pre_ping=True)
aside = create_engine(
    os.environ["DATABASE_URL"], pool_size=10, max_overflow=0, isolation_level="AUTOCOMMIT"
)
handlers = Handlers(SERVICE)
RUNS = table("runs", column("event_id"), column("school"))
EFFECTS = table("effects", *map(column, ("event_id", "type", "school", "pid", "batch")))
log = logging.getLogger("ledger")


def misbehave(connection: Connection, school: str) -> None:
    with aside.connect() as beside:
        fault = beside.execute(
            text(
                'UPDATE faults SET "left" = "left" - 1 WHERE id = (SELECT min(id) FROM faults'
                ' WHERE school = :school AND "left" > 0) RETURNING kind, seconds'
            ),
            {"school": school},
        ).one_or_none()
    if fault is None:
        return
    if fault.kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault.kind == "permanent":
        raise Permanent("not_ours")
    if fault.kind == "deadlock":
        collide(connection)
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    if fault.kind == "busy":
        connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": fault.seconds})
    if fault.kind == "fail":
        raise ValueError(f"{school} fails")


def collide(connection: Connection) -> None:
    """Make a real deadlock with another transaction, whose end is to win."""
    connection.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
    connection.execute(text("UPDATE locks SET n = n + 1 WHERE id = 1"))

    def other() -> None:
        with engine.begin() as rival:
            rival.execute(text("SET LOCAL deadlock_timeout = '30s'"))
            rival.execute(text("UPDATE locks SET n = n + 1 WHERE id = 2"))
            rival.execute(text("UPDATE locks SET n = n + 1 WHERE id = 1"))

    rivalry = eventlet.spawn(other)
    eventlet.sleep(0.3)
    try:
        connection.execute(text("UPDATE locks SET n = n + 1 WHERE id = 2"))
    finally:
        rivalry.wait()


def write_down(connection: Connection, deliveries: Sequence[Delivery[Any]]) -> None:
    rows = [
        {
            "event_id": delivery.envelope.id,
            "type": delivery.envelope.type,
            "school": delivery.envelope.subject or "",
            "pid": os.getpid(),
            "batch": len(deliveries),
        }
        for delivery in deliveries
    ]
    with aside.connect() as beside:
        beside.execute(insert(RUNS), [{k: row[k] for k in ("event_id", "school")} for row in rows])
    connection.execute(insert(EFFECTS), rows)
    schools = sorted({delivery.envelope.subject or "" for delivery in deliveries})
    for school in schools:
        connection.execute(
            text(
                "INSERT INTO versions AS v (school, version) VALUES (:school, :version)"
                " ON CONFLICT (school) DO UPDATE SET version = excluded.version"
                " WHERE v.version < excluded.version"
            ),
            {"school": school, "version": max(getattr(d.event, "version", 0) for d in deliveries)},
        )
        misbehave(connection, school)


def react_to_one(connection: Connection, delivery: Delivery[Any]) -> None:
    write_down(connection, [delivery])


for name in events_for(SERVICE):
    kind = event_class(name)
    if kind is ResponseSubmitted:
        handlers.on_batch(kind)(write_down)
    else:
        handlers.on(kind)(react_to_one)


class Ledger:
    name = SERVICE
    messaging = Messaging()

    @rpc  # type: ignore[untyped-decorator]  # nameko has no types
    def record(self, school: str, count: int) -> None:
        answer = ResponseSubmitted(
            campaign_id=uuid4(), school=school, form="care", source="web", day=date(2026, 11, 23)
        )
        with engine.begin() as connection:
            record_all(connection, SERVICE, [(answer, Trace.start())] * count, at=datetime.now(UTC))


def main() -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    retry = RetryPolicy(first=0.1, factor=2, longest=1, attempts=3)
    settings = MessagingSettings(
        SERVICE,
        engine,
        os.environ["AMQP_URL"],
        handlers,
        retry=retry,
        sweep_seconds=0.2,
        gauge_seconds=0.2,
    )
    container = ServiceContainer(
        Ledger, {"AMQP_URI": os.environ["AMQP_URL"], "MESSAGING": settings}
    )
    stop = Signal()
    signal.signal(signal.SIGTERM, lambda *_: stop.send())
    container.start()
    log.info("is ready")
    stop.wait()
    container.stop()
    log.info("has stopped")
