"""Intake, retries and ledger against a real database, without a broker."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from contracts.envelope import Envelope
from contracts.events import Event
from contracts.events.surveys import ResponseSubmitted
from messaging import Delivery, Handlers, Permanent, RetryPolicy, Trace, metrics, record_all
from messaging.arrivals import Arrival
from messaging.faults import DatabaseAway
from messaging.gauges import Gauges
from messaging.intake import Intake
from messaging.ledger import Note, claim, give_back, hold, keep, settle
from messaging.operating import discard, replay
from messaging.retries import Retries
from tests.component.messaging.running import NOW, answers
from tests.storage.messaging.conftest import scalar

POLICY = RetryPolicy(first=0, factor=1, longest=0, attempts=3)


class Consumer:
    """Handlers that write the school down, and fail as told."""

    def __init__(self, engine: Engine) -> None:
        self.failing: dict[str, Exception] = {}
        self.batches: list[int] = []
        self.woken = 0
        handlers = Handlers("reports")
        handlers.on_batch(ResponseSubmitted)(self.react)
        self.intake = Intake(engine, handlers, POLICY, on_retrying=self.wake)
        self.retries = Retries(engine, handlers, POLICY)

    def wake(self) -> None:
        self.woken += 1

    def react(
        self, connection: Connection, deliveries: Sequence[Delivery[ResponseSubmitted]]
    ) -> None:
        self.batches.append(len(deliveries))
        for delivery in deliveries:
            connection.execute(
                text("INSERT INTO effects VALUES (:school)"), {"school": delivery.event.school}
            )
            if delivery.event.school in self.failing:
                raise self.failing[delivery.event.school]


@pytest.fixture
def consumer(engine: Engine) -> Consumer:
    return Consumer(engine)


def envelope_of(event: Event) -> Envelope:
    return Envelope(
        id=uuid4(),
        source="/kipthoi/surveys",
        type=event.name,
        time=NOW,
        subject=event.subject,
        correlationid=uuid4(),
        data=event.payload(),
    )


def arriving(school: str, count: int = 1, **values: Any) -> list[Arrival]:
    return [Arrival(envelope_of(event).wire(), **values) for event in answers(school, count)]


def ledger(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT state, reason, attempts FROM reactions"))
        return [tuple(row) for row in rows]


def effects(engine: Engine) -> object:
    return scalar(engine, "SELECT count(*) FROM effects")


def test_a_chunk_is_one_batch_and_has_its_effect_once(engine: Engine, consumer: Consumer) -> None:
    chunk = arriving("a", 50)
    consumer.intake.take([*chunk, *chunk[:5]])
    consumer.intake.take(chunk)
    assert consumer.batches == [50]
    assert effects(engine) == 50


def test_a_failing_chunk_is_taken_apart(engine: Engine, consumer: Consumer) -> None:
    consumer.failing["bad"] = ValueError("no\0body \ud800")
    consumer.intake.take([*arriving("a", 5), *arriving("bad"), *arriving("b", 5)])
    assert effects(engine) == 10
    assert ledger(engine) == [("retrying", "failed", 1)]
    assert consumer.woken == 1


def test_what_fails_till_the_end_is_parked(engine: Engine, consumer: Consumer) -> None:
    consumer.failing["bad"] = ValueError("still")
    consumer.intake.take(arriving("bad"))
    while consumer.retries.step():
        pass
    assert ledger(engine) == [("parked", "failed", 3)]
    assert consumer.batches == [1, 1, 1]
    assert effects(engine) == 0


def test_permanent_parks_a_retry_too(engine: Engine, consumer: Consumer) -> None:
    consumer.failing["bad"] = ValueError("once")
    consumer.intake.take(arriving("bad"))
    consumer.failing["bad"] = Permanent("gone")
    assert consumer.retries.step() is True
    assert consumer.retries.step() is False
    assert ledger(engine) == [("parked", "permanent.gone", 2)]


def test_redelivered_messages_are_handled_one_by_one(engine: Engine, consumer: Consumer) -> None:
    chunk = arriving("a", 3, redelivered=True)
    consumer.intake.take(chunk)
    assert consumer.batches == []
    while consumer.retries.step():
        pass
    consumer.intake.take(chunk)
    assert consumer.batches == [1, 1, 1]
    assert effects(engine) == 3
    assert ledger(engine) == [("done", "redelivered", 1)] * 3


def test_an_event_that_nobody_handles_any_more_is_parked(
    engine: Engine, consumer: Consumer
) -> None:
    from contracts.events.directory import SchoolClosed  # noqa: PLC0415

    closed = SchoolClosed(school="a", closed_on=NOW.date(), version=1)
    consumer.intake.take([Arrival(envelope_of(closed).wire()), *arriving("a")])
    assert ledger(engine) == [("parked", "permanent.unhandled", 1)]
    assert effects(engine) == 1


def test_without_a_database_nothing_is_taken(consumer: Consumer, engine: Engine) -> None:
    nowhere = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    away = Consumer(nowhere)
    with pytest.raises(DatabaseAway):
        away.intake.take(arriving("a"))
    with pytest.raises(DatabaseAway):
        away.intake.take(arriving("a", redelivered=True))
    assert away.batches == []
    assert consumer.batches == []
    assert effects(engine) == 0


def noted(engine: Engine) -> UUID:
    event_id = uuid4()
    with engine.begin() as connection:
        note = Note(event_id, "x.y\0", b"{}", None, "retrying", "failed", "bad \ud800", attempts=2)
        assert keep(connection, [note, note]) == [note]
        assert keep(connection, [note]) == []
    return event_id


def test_an_attempt_is_counted_before_it_is_made(engine: Engine) -> None:
    event_id = noted(engine)
    with engine.begin() as connection:
        claimed = claim(connection, POLICY)
        assert claimed is not None
        assert (claimed.event_id, claimed.attempts) == (event_id, 3)
    # The process dies here: the next claim is one too many, and no handler is run for it.
    consumer = Consumer(engine)
    assert consumer.retries.step() is True
    assert ledger(engine) == [("parked", "crashed", 3)]
    assert consumer.batches == []


def test_a_reaction_under_work_is_not_claimed_by_another(engine: Engine) -> None:
    noted(engine)
    with engine.begin() as first:
        claimed = claim(first, POLICY)
        assert claimed is not None
    with engine.begin() as worker:
        assert hold(worker, claimed) is True
        with engine.begin() as second:
            assert claim(second, POLICY) is None
            assert hold(second, claimed) is False


def test_an_attempt_that_did_not_take_place_is_given_back(engine: Engine) -> None:
    noted(engine)
    with engine.begin() as connection:
        claimed = claim(connection, POLICY)
        assert claimed is not None
        give_back(connection, claimed)
    assert ledger(engine) == [("retrying", "failed", 2)]


def test_what_the_operator_decided_stands(engine: Engine) -> None:
    event_id = noted(engine)
    with engine.begin() as connection:
        claimed = claim(connection, POLICY)
        assert claimed is not None
    with engine.begin() as connection:
        assert discard(connection, [event_id], "lan") == [event_id]
    with engine.begin() as connection:
        assert hold(connection, claimed) is False
        settle(connection, claimed, "parked", reason="failed", error="late")
    assert ledger(engine) == [("discarded", "failed", 3)]
    with engine.begin() as connection:
        assert discard(connection, [event_id], "lan") == []
        assert replay(connection, None, None, "lan") == []
        assert replay(connection, [event_id], None, "lan") == [event_id]
    assert ledger(engine) == [("retrying", "failed", 0)]
    assert scalar(engine, "SELECT changed_by FROM reactions") == "lan"


def test_the_gauges_count_what_is_unfinished(engine: Engine, consumer: Consumer) -> None:
    consumer.failing["bad"] = Permanent("gone")
    consumer.intake.take(arriving("bad", 2))
    with engine.begin() as connection:
        items = [(event, Trace.start()) for event in answers("a", 4)]
        record_all(connection, "surveys", items, at=NOW)
        connection.execute(text("UPDATE outbox SET created_at = now() - interval '1 hour'"))
    assert Gauges(engine).step() is False
    assert metrics.outbox_events._value.get() == 4
    assert 3600 <= metrics.outbox_oldest_seconds._value.get() < 3700
    parked = metrics.reactions.labels("surveys.response_submitted", "parked")
    assert parked._value.get() == 2
