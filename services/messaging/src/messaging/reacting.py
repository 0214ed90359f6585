"""Running handlers in a transaction that is repeated where nobody's work was wrong."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from messaging import metrics
from messaging.faults import DatabaseAway, is_collision, is_outage
from messaging.handlers import Handlers, Permanent
from messaging.trace import Delivery

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


def observe(name: str, recorded_at: datetime | None) -> None:
    """Measure how long after its recording an event's effect is committed."""
    if recorded_at is not None:
        late = (datetime.now(UTC) - recorded_at).total_seconds()
        metrics.reaction_seconds.labels(name).observe(max(0.0, late))
