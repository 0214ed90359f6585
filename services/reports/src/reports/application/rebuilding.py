"""Read models made anew out of the events that were taken, while the service runs."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from messaging import Delivery
from messaging.recalling import hold_still, taken
from reports.application.projections import project
from reports.storage.rebuilding import READ_MODELS, Difference, Rebuild
from reports.storage.unit_of_work import Units

Recall = Callable[[Sequence[UUID]], list[Delivery[Any]]]
EVENTS_AT_ONCE: Final = 2_000
# The service waits for the last events only: when so few are left, or it takes as many meanwhile.
FEW: Final = 500
ROUNDS: Final = 5
PATIENCE_SECONDS: Final = 10


class Running(Exception):
    """Another rebuild is under way."""


@dataclass(frozen=True)
class Rebuilt:
    """What came out. `events` were projected in `seconds`; events waited for `held_seconds`."""

    events: int
    seconds: float
    held_seconds: float
    tables: tuple[Difference, ...]

    @property
    def equal(self) -> bool:
        """Whether each live table was what the events say."""
        return all(one.equal for one in self.tables)


def rebuild(units: Units, recall: Recall, *, keep: bool) -> Rebuilt:
    """Project all events that took effect anew, and compare; `keep` puts the live tables right.

    Until then the live ones are read and written as ever. In the end no event takes effect for a
    moment: those that came meanwhile are projected, and the difference is found in the same
    transaction, so that no event is missing or counted twice. Raises `Running`,
    `messaging.recalling.Forgotten`, or SQLAlchemy's `OperationalError` where the service doesn't
    come to rest; then nothing is changed.
    """
    with units.engine.connect() as connection:
        made = Rebuild(connection)
        with connection.begin():
            if not made.alone():
                raise Running
        try:
            return _rebuild(units, connection, made, recall, keep=keep)
        finally:
            # The session ends some time after us: the next rebuild doesn't wait for that.
            with suppress(SQLAlchemyError), connection.begin():
                made.let_others()
            # The session's tables go with it, not back to the pool.
            connection.invalidate()


def _rebuild(
    units: Units, connection: Connection, made: Rebuild, recall: Recall, *, keep: bool
) -> Rebuilt:
    began = time.monotonic()
    with connection.begin():
        made.begin()
    events = sum(_beforehand(units, connection, made, recall))
    with connection.begin():
        made.settle()
    with connection.begin():
        hold_still(connection, PATIENCE_SECONDS)
        held = time.monotonic()
        while batch := made.left(taken(), EVENTS_AT_ONCE):
            events += _project(units, connection, made, recall(batch))
        differences = tuple(made.difference(table) for table in READ_MODELS)
        for table, difference in zip(READ_MODELS, differences, strict=True):
            if keep and not difference.equal:
                made.put_right(table)
    ended = time.monotonic()
    return Rebuilt(events, ended - began, ended - held, differences)


def _beforehand(
    units: Units, connection: Connection, made: Rebuild, recall: Recall
) -> Iterator[int]:
    """Project what is there, then what came meanwhile, until little is left; yields how many."""
    for _ in range(ROUNDS):
        after: UUID | None = None
        number = 0
        while True:
            with connection.begin():
                batch = made.left(taken(), EVENTS_AT_ONCE, after=after)
                if batch:
                    after = batch[-1]
                    number += _project(units, connection, made, recall(batch))
            if not batch:
                break
        yield number
        if number <= FEW:
            return


def _project(
    units: Units, connection: Connection, made: Rebuild, deliveries: Sequence[Delivery[Any]]
) -> int:
    project(units.within(connection, deliveries[0]), deliveries)
    made.projected([one.envelope.id for one in deliveries])
    return len(deliveries)
