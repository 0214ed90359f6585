"""Taking arrivals over: each is handled, or noted in the ledger, before it is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from messaging import metrics
from messaging.arrivals import Arrival, Undecodable, read
from messaging.faults import describe
from messaging.handlers import Handlers, Permanent
from messaging.ledger import Note, admit, keep
from messaging.reacting import attempt, complain, observe, react
from messaging.settings import RetryPolicy
from messaging.tables import PARKED, RETRYING
from messaging.trace import Delivery


@dataclass(frozen=True)
class _Readable:
    delivery: Delivery[Any]
    body: bytes
    recorded_at: datetime | None

    @property
    def id(self) -> UUID:
        return self.delivery.envelope.id

    @property
    def name(self) -> str:
        return self.delivery.envelope.type

    def note(self, state: str, reason: str, **values: Any) -> Note:
        return Note(self.id, self.name, self.body, self.recorded_at, state, reason, **values)


class Intake:
    """Between the broker and the handlers. Safe to repeat: the inbox knows what was taken."""

    def __init__(
        self,
        engine: Engine,
        handlers: Handlers,
        retry: RetryPolicy,
        on_retrying: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._handlers = handlers
        self._retry = retry
        self._on_retrying = on_retrying

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Take messages over; when this returns, they may be acked.

        Those that come for the first time are handled in one transaction, and one by one if that
        fails. Redelivered ones go to the ledger, whose retries run one by one and count an
        attempt first: any of them may be what killed the process. Raises `DatabaseAway`.
        """
        fresh: dict[UUID, _Readable] = {}
        notes: list[Note] = []
        for arrival in arrivals:
            readable = self._read(arrival)
            if isinstance(readable, Note):
                notes.append(readable)
            elif arrival.redelivered:
                notes.append(readable.note(RETRYING, "redelivered"))
            elif fresh.setdefault(readable.id, readable) is not readable:
                _count(readable.name, "duplicate")
        if notes:
            self._keep(notes)
        if fresh:
            self._handle(list(fresh.values()))

    def _read(self, arrival: Arrival) -> _Readable | Note:
        try:
            delivery = read(arrival.body)
        except Undecodable as error:
            known = (error.event_id, error.type, arrival.body, arrival.moment)
            return Note(*known, PARKED, "undecodable", str(error))
        return _Readable(delivery, arrival.body, arrival.moment)

    def _handle(self, chunk: list[_Readable]) -> None:
        new: set[UUID] = set()

        def effect(connection: Connection) -> None:
            new.clear()
            new.update(admit(connection, [item.id for item in chunk]))
            react(connection, self._handlers, [item.delivery for item in chunk if item.id in new])

        failure = attempt(self._engine, effect)
        if failure is None:
            metrics.batch_events.observe(len(chunk))
            for item in chunk:
                _count(item.name, "done" if item.id in new else "duplicate")
                if item.id in new:
                    observe(item.delivery, item.recorded_at)
        elif len(chunk) > 1:
            for item in chunk:
                self._handle([item])
        else:
            complain(chunk[0].delivery, failure)
            self._keep([self._note_of(chunk[0], failure)])

    def _note_of(self, item: _Readable, failure: Exception) -> Note:
        if isinstance(failure, Permanent):
            return item.note(PARKED, f"permanent.{failure.code}", attempts=1)
        parks = self._retry.attempts <= 1
        return item.note(
            PARKED if parks else RETRYING,
            "failed",
            error=describe(failure),
            attempts=1,
            delay=self._retry.delay(1),
        )

    def _keep(self, notes: list[Note]) -> None:
        kept: list[Note] = []

        def effect(connection: Connection) -> None:
            kept[:] = keep(connection, notes)

        failure = attempt(self._engine, effect)
        if failure is not None:
            raise failure
        new = {note.event_id for note in kept}
        for note in notes:
            _count(note.type, note.state if note.event_id in new else "duplicate")
            if note.state == PARKED and note.event_id in new:
                reason = note.reason.partition(".")[0]
                metrics.parked.labels(metrics.label(note.type), reason).inc()
        if any(note.state == RETRYING for note in kept):
            self._on_retrying()


def _count(name: str, outcome: str) -> None:
    metrics.consumed.labels(metrics.label(name), outcome).inc()
