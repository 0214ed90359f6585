"""Running handlers in a transaction that is repeated where nobody's work was wrong."""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from messaging import metrics
from messaging.faults import DatabaseAway, describe, is_collision, is_outage
from messaging.handlers import Handlers, Permanent
from messaging.trace import Delivery

_log = logging.getLogger(__name__)
# A transaction that collides this often in a row counts as failed after all.
_TURNS: Final = 6


def attempt(engine: Engine, effect: Callable[[Connection], None]) -> Exception | None:
    """Run `effect` in a transaction; return what it failed with, None when it is committed.

    Deadlocks and serialization failures are repeated, and so are lost connections while the
    database answers: these are no failures of the effect. Raises `DatabaseAway` when it doesn't.
    """
    failure: Exception | None = None
    for turn in range(_TURNS):
        try:
            with engine.begin() as connection:
                effect(connection)
        except Exception as error:
            failure = error
            outage = is_outage(error)
            if outage and not answers(engine):
                raise DatabaseAway(str(error)) from error
            if not outage and not is_collision(error):
                return failure
            metrics.repeats.labels("outage" if outage else "collision").inc()
            time.sleep(random.uniform(0.01, 0.03) * 2**turn)  # noqa: S311  no secret
        else:
            return None
    return failure


def answers(engine: Engine) -> bool:
    """Whether the database takes connections and statements."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def react(connection: Connection, handlers: Handlers, deliveries: Sequence[Delivery[Any]]) -> None:
    """Run the handlers of `deliveries`, one call per event type, inside the transaction."""
    by_type: dict[str, list[Delivery[Any]]] = defaultdict(list)
    for delivery in deliveries:
        by_type[delivery.envelope.type].append(delivery)
    for name, group in by_type.items():
        handler = handlers.find(name)
        if handler is None:  # a binding that an older table made
            raise Permanent("unhandled")
        with metrics.handler_seconds.labels(name).time():
            handler.run(connection, group)


def observe(delivery: Delivery[Any], recorded_at: datetime | None) -> None:
    """Measure how long after its recording an event's effect is committed, and log it.

    What an anonymous answer led to is counted and not written beside a time of day.
    """
    name = delivery.envelope.type
    late: float | None = None
    if recorded_at is not None:
        late = max(0.0, (datetime.now(UTC) - recorded_at).total_seconds())
        metrics.reaction_seconds.labels(name).observe(late)
    if delivery.loggable_id is not None:
        ms = None if late is None else round(late * 1000, 1)
        extra = {"event": name, "ms": ms, "correlation_id": delivery.loggable_id}
        _log.info("reacted to %s", name, extra=extra)


def complain(delivery: Delivery[Any], failure: Exception) -> None:
    """Log that a reaction failed; the ledger says what becomes of it."""
    name = delivery.envelope.type
    extra = {"event": name, "correlation_id": delivery.loggable_id}
    _log.warning("could not react to %s: %s", name, describe(failure), extra=extra)
