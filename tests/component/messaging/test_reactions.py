"""What becomes of an event whose handler fails, and what the operator can do about it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from contracts.envelope import Envelope
from contracts.events.reports import ObligationDueSoon
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from messaging import topology
from messaging.broker import Outgoing, Publisher
from messaging.cli import main
from tests.component.messaging.running import NOW, Process, Store, answers, changed
from tests.support.eventually import eventually


class Pair:
    """A producer and a consumer that several tests share; each test has schools of its own."""

    def __init__(self, surveys: Store, reports: Store, amqp_url: str) -> None:
        self.surveys = surveys
        self.reports = reports
        self.amqp_url = amqp_url

    def send(self, queue: str, body: bytes) -> None:
        """Put any message into a queue, as a service of another version might."""
        publisher = Publisher(self.amqp_url, exchange="")
        message = Outgoing(queue, body, str(uuid4()), "", mandatory=True, recorded_at=0.0)
        assert publisher.publish([message]) == set()
        publisher.close()


@pytest.fixture(scope="module")
def pair(
    postgres: PostgreSQL, broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    url = broker.create_vhost()
    topology.apply(url)
    folder: Path = tmp_path_factory.mktemp("pair")
    stores = [Store(name, postgres.create_database(name)) for name in ("surveys", "reports")]
    processes = [Process(store, url, folder) for store in stores]
    for process in processes:
        process.ready()
    yield Pair(stores[0], stores[1], url)
    for process in processes:
        process.kill()
    for store in stores:
        store.engine.dispose()
        postgres.drop_database(store.database)
    broker.delete_vhost(url.rpartition("/")[2])


@pytest.fixture
def operate(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIPTHOI_SURVEYS_DATABASE_URL", pair.surveys.database.url)
    monkeypatch.setenv("KIPTHOI_REPORTS_DATABASE_URL", pair.reports.database.psycopg2)
    for other in ("DIRECTORY", "INSPECTIONS"):
        monkeypatch.delenv(f"KIPTHOI_{other}_DATABASE_URL", raising=False)


def test_a_failure_that_passes_is_retried_until_it_succeeds(pair: Pair) -> None:
    pair.reports.fault("passing", "fail", times=2)
    [event] = ids = pair.surveys.record(*answers("passing", 1))
    pair.reports.all_done(ids)
    eventually(lambda: pair.reports.reaction(event) == ("done", "failed", 3))
    assert pair.reports.runs(event) == 3


@pytest.mark.usefixtures("operate")
def test_a_failure_that_stays_is_parked_and_can_be_replayed(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    pair.reports.fault("staying", "fail", times=3)
    [event] = pair.surveys.record(*answers("staying", 1))
    eventually(lambda: pair.reports.reaction(event) == ("parked", "failed", 3))
    assert pair.reports.effects([event]) == 0

    assert main(["events", "list", "--state", "parked"]) == 0
    assert str(event) in capsys.readouterr().out
    assert main(["events", "show", str(event)]) == 0
    shown = capsys.readouterr().out
    assert "ValueError: staying fails" in shown
    assert '"subject":"staying"' in shown

    assert main(["events", "replay", str(event)]) == 0
    pair.reports.all_done([event])
    eventually(lambda: pair.reports.reaction(event) == ("done", "failed", 1))
    assert main(["events", "replay", str(event)]) == 1


@pytest.mark.usefixtures("operate")
def test_what_is_discarded_never_takes_effect(pair: Pair) -> None:
    pair.reports.fault("unwanted", "permanent")
    [event] = pair.surveys.record(*answers("unwanted", 1))
    eventually(lambda: pair.reports.reaction(event) == ("parked", "permanent.not_ours", 1))
    assert pair.reports.runs(event) == 1
    assert main(["events", "discard", str(event)]) == 0
    body = pair.reports.one("SELECT body FROM reactions WHERE event_id = :id", id=event)
    after = pair.surveys.record(*answers("afterwards", 1))
    pair.send("reports.events.fast", bytes(body))
    pair.reports.all_done(after)
    assert pair.reports.reaction(event)[0] == "discarded"
    assert pair.reports.effects([event]) == 0


def test_a_duplicate_has_no_second_effect(pair: Pair) -> None:
    ids = pair.surveys.record(*answers("twice", 2))
    pair.reports.all_done(ids)
    with pair.surveys.engine.begin() as connection:
        for event in ids:
            connection.exec_driver_sql("INSERT INTO outbox (event_id) VALUES (%s)", (event,))
    later = pair.surveys.record(*answers("later", 1))
    pair.reports.all_done(later)
    eventually(lambda: pair.surveys.unsent() == 0)
    assert pair.reports.effects(ids) == 2


def _written(**attributes: object) -> bytes:
    """An event as somebody might write it who knows other events than we do."""
    return json.dumps(
        {
            "id": str(uuid4()),
            "source": "/kipthoi/surveys",
            "type": "surveys.response_submitted",
            "time": "2026-11-23T08:00:00Z",
            "correlationid": str(uuid4()),
            "data": {"day": "soon"},
            **attributes,
        }
    ).encode()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"no json at all \xff", "envelope: body"),
        (_written(source="elsewhere"), "envelope: source"),
        (_written(type="surveys.not_invented_yet"), "unknown event type"),
        (_written(), "data: campaign_id: missing"),
    ],
    ids=["no json", "no envelope", "unknown event", "wrong data"],
)
def test_what_cannot_be_read_is_parked_whole(pair: Pair, body: bytes, error: str) -> None:
    query = "SELECT error FROM reactions WHERE body = :body AND state = 'parked'"
    pair.send("reports.events", body)
    pair.send("reports.events", body)
    found = eventually(lambda: pair.reports.one(query, body=body))
    assert found.startswith(error)
    later = pair.surveys.record(*answers("readable", 1))
    pair.reports.all_done(later)
    assert pair.reports.one("SELECT count(*) FROM reactions WHERE body = :b", b=body) == 1


def test_unknown_fields_are_ignored(pair: Pair) -> None:
    known = changed("tolerant", 7).payload()
    data = {**known, "mood": "good"}
    body = _written(type="directory.school_changed", subject="tolerant", colour="blue", data=data)
    pair.send("reports.events", body)
    pair.reports.all_done([UUID(json.loads(body)["id"])])


def test_the_newer_stays_when_the_older_comes_late(pair: Pair) -> None:
    pair.reports.fault("out-of-order", "fail", times=2)
    older, newer = (_school_changed(version) for version in (1, 2))
    pair.send("reports.events", older[1])
    eventually(lambda: pair.reports.reaction(older[0]) is not None)
    pair.send("reports.events", newer[1])
    pair.reports.all_done([older[0], newer[0]])
    kept = pair.reports.one("SELECT version FROM versions WHERE school = 'out-of-order'")
    assert kept == 2


def test_one_poisoned_event_does_not_hold_up_its_batch(pair: Pair) -> None:
    pair.reports.fault("poison", "permanent", times=9)
    ids = pair.surveys.record(*answers("clean-a", 60), *answers("poison", 1), *answers("clean", 60))
    clean, [poison] = ids[:60] + ids[61:], ids[60:61]
    pair.reports.all_done(clean)
    eventually(lambda: pair.reports.reaction(poison) == ("parked", "permanent.not_ours", 1))


def test_a_deadlock_is_repeated_and_spends_no_attempt(pair: Pair) -> None:
    pair.reports.fault("colliding", "deadlock")
    [event] = ids = pair.surveys.record(*answers("colliding", 1))
    pair.reports.all_done(ids)
    assert pair.reports.runs(event) == 2
    assert pair.reports.reaction(event) is None
    assert pair.reports.one("SELECT n FROM locks WHERE id = 2") == 1


def test_an_event_without_consumers_leaves_the_outbox(pair: Pair) -> None:
    pair.reports.record(
        ObligationDueSoon(
            obligation_id=uuid4(),
            school="alone",
            kind="monthly",
            due_on=date(2026, 11, 25),
            working_days_left=3,
        )
    )
    eventually(lambda: pair.reports.unsent() == 0)
    assert pair.reports.one("SELECT type FROM events") == "reports.obligation_due_soon"


def test_answers_are_handled_in_batches(pair: Pair) -> None:
    ids = pair.surveys.record(*answers("many", 600))
    pair.reports.all_done(ids)
    assert pair.reports.one("SELECT max(batch) FROM effects WHERE school = 'many'") > 20


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["events", "replay"], "name ids"),
        (["events", "republish"], "too much"),
        (["events", "republish", "--to", "surveys", "--event", "surveys.campaign_closed"], "not"),
    ],
)
@pytest.mark.usefixtures("operate")
def test_a_command_that_means_too_much_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


def _school_changed(version: int) -> tuple[UUID, bytes]:
    event = changed("out-of-order", version)
    envelope = Envelope(
        id=uuid4(),
        source="/kipthoi/directory",
        type=event.name,
        time=NOW,
        subject=event.school,
        correlationid=uuid4(),
        data=event.payload(),
    )
    return envelope.id, envelope.wire()
