"""One transaction of one service: state, events and audit row, all stored or none."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from chassis import audit, commands
from chassis.clock import Clock, day_alone, exact, local_day
from chassis.database import only_one
from contracts.correlation import correlated
from contracts.envelope import Envelope
from contracts.events import Event
from contracts.rpc.base import SYSTEM, Actor, Call
from messaging import Delivery, Trace, record


class UnitOfWork:
    """Base of each service's unit of work, which adds the repositories.

    `actor` is who asked: a person, a parent, or the system. `trace` is the chain that everything
    told here belongs to.
    """

    service: str

    def __init__(self, connection: Connection, actor: Actor, trace: Trace, now: datetime) -> None:
        self.connection = connection
        self.actor = actor
        self.trace = trace
        self._now = now

    @property
    def now(self) -> datetime:
        """Business time, which stands still during the transaction.

        A parent's call knows its day alone, so that nothing written down tells its time.
        """
        return day_alone(self._now) if self.actor.role == "parent" else self._now

    @property
    def today(self) -> date:
        """The calendar day of `now` in Vietnam."""
        return local_day(self.now)

    def tell(self, event: Event, trace: Trace | None = None) -> Envelope:
        """Record an event in this transaction; on `trace` where a matter has a chain of its own."""
        return record(self.connection, self.service, event, trace=trace or self.trace, at=self.now)

    def audit(
        self,
        action: str,
        subject: str,
        *,
        school: str | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the audit row of the command that runs."""
        audit.write(
            self.connection,
            self.actor,
            action,
            subject,
            at=self.now,
            correlation_id=self.trace.correlation_id,
            school=school,
            before=before,
            after=after,
        )


W = TypeVar("W", bound=UnitOfWork)


class UnitsOfWork(Generic[W]):
    """Opens units of work: for a call, for an event's handler, for a timer."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        make: Callable[[Connection, Actor, Trace, datetime], W],
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._make = make

    @contextmanager
    def for_call(self, call: Call) -> Iterator[W]:
        """Begin a transaction for an RPC; commits at the end, rolls back on any exception.

        Claims the key of a command, so that it takes effect once: raises `request.repeated`.
        """
        with self.engine.begin() as connection:
            commands.claim(connection, call)
            yield self._make(connection, call.actor, Trace(call.correlation_id), self.clock())

    @contextmanager
    def before_call(self, call: Call) -> Iterator[W]:
        """Begin a transaction that goes before the command's own, which is a `for_call`.

        Leaves the key of the command alone, but raises `request.repeated` when it is taken.
        """
        with self.engine.begin() as connection:
            commands.check(connection, call)
            yield self._make(connection, call.actor, Trace(call.correlation_id), self.clock())

    @contextmanager
    def for_system(self) -> Iterator[W]:
        """Begin a transaction for a timer, with a chain that starts here."""
        trace = Trace.start()
        with correlated(trace.correlation_id), self.engine.begin() as connection:
            yield self._make(connection, SYSTEM, trace, self.clock())

    @contextmanager
    def alone(self, name: str) -> Iterator[W | None]:
        """Begin a timer's transaction under the lock `name`, or yield None while another has it."""
        trace = Trace.start()
        with correlated(trace.correlation_id), only_one(self.engine, name) as connection:
            if connection is None:
                yield None
            else:
                yield self._make(connection, SYSTEM, trace, self.clock())

    def within(self, connection: Connection, delivery: Delivery[Any]) -> W:
        """Return the unit of work of an event's handler, inside the inbox's own transaction.

        What follows from an event that says its day alone says its own day alone: it comes a
        moment later, so its time would be the event's.
        """
        now = self.clock()
        if exact(delivery.envelope.time) is None:
            now = day_alone(now)
        return self._make(connection, SYSTEM, delivery.trace, now)
