"""The hot path: once, exactly, and nobody harmed."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from uuid import uuid4

from contracts.events import event_class
from contracts.rpc.surveys import Outcome
from tests.storage.surveys.conftest import Clock, Room
from tests.support.surveys import submission

LATER = datetime(2024, 3, 15, 3, tzinfo=UTC)


def codes(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [o.problem.code if o.problem else o.status for o in outcomes]


def test_a_batch_is_stored_with_its_events(room: Room) -> None:
    made = room.open_campaign()
    sent = [submission(made.slug) for _ in range(200)]
    outcomes = room.submit(*sent)
    assert [o.submission_id for o in outcomes] == [s.submission_id for s in sent]
    assert {o.status for o in outcomes} == {"stored"}
    assert len({o.receipt for o in outcomes}) == 200
    assert room.numbers("SELECT count(*), min(day), max(day) FROM responses") == [
        (200, date(2024, 3, 5), date(2024, 3, 5))
    ]
    told = room.numbers("SELECT type, correlation_id, occurred_at, data FROM events")
    assert {row[0] for row in told} == {"surveys.response_submitted"}
    assert {row[1] for row in told} == {s.correlation_id for s in sent}
    assert {str(row[2]) for row in told} == {"2024-03-04 17:00:00+00:00"}, "the day, not the time"
    for _, _, _, data in told:
        event_class("surveys.response_submitted").model_validate(data)
    assert room.numbers("SELECT count(*) FROM outbox") == [(200,)]


def test_one_bad_item_harms_no_neighbour(room: Room) -> None:
    made = room.open_campaign()
    closed = room.open_campaign(state="closed", closed_on=date(2024, 3, 4), responses=0)
    planned = room.open_campaign(state="planned")
    outcomes = room.submit(
        submission(made.slug),
        submission(made.slug, answers={"F": 9}),
        submission("nobody-knows-this\x00"),
        submission(closed.slug),
        submission(planned.slug),
        submission(made.slug, answers={"P": "no"}),
    )
    assert codes(outcomes) == [
        "stored",
        "surveys.answers_invalid",
        "surveys.unknown_campaign",
        "surveys.campaign_closed",
        "surveys.campaign_not_open",
        "stored",
    ]
    assert outcomes[1].problem is not None
    assert outcomes[1].problem.params["errors"] == [
        {"item": "F", "code": "wrong_value"},
        {"item": "P", "code": "required"},
    ]
    assert room.numbers("SELECT count(*) FROM responses") == [(2,)]
    assert room.numbers("SELECT count(*) FROM events") == [(2,)]


def test_a_resend_gets_the_same_receipt_even_after_the_closing(room: Room, clock: Clock) -> None:
    made = room.open_campaign()
    first = submission(made.slug)
    (stored,) = room.submit(first)
    clock.now = LATER
    (again,) = room.submit(first)
    assert (again.status, again.receipt) == ("repeated", stored.receipt)
    assert codes(room.submit(submission(made.slug))) == ["surveys.campaign_closed"]
    assert room.numbers("SELECT count(*) FROM events") == [(1,)]


def test_the_same_id_with_another_body_is_refused(room: Room) -> None:
    made = room.open_campaign()
    one = uuid4()
    outcomes = room.submit(
        submission(made.slug, one),
        submission(made.slug, one),
        submission(made.slug, one, answers={"P": "yes", "F": 5}),
    )
    assert codes(outcomes) == ["stored", "repeated", "surveys.submission_differs"]
    assert outcomes[0].receipt == outcomes[1].receipt
    other = submission(made.slug, one, answers={"P": "no"})
    assert codes(room.submit(other)) == ["surveys.submission_differs"]
    assert room.numbers("SELECT answers FROM responses") == [({"P": "yes", "A1": 5, "F": 4},)]


def test_twenty_at_once_with_one_id_store_one_row(room: Room) -> None:
    made = room.open_campaign()
    same = submission(made.slug)
    together = Barrier(20)

    def send(_: int) -> Outcome:
        together.wait()
        # neighbours in another order each time: batches must not deadlock
        others = [submission(made.slug) for _ in range(3)]
        return room.submit(*others[:2], same, *others[2:])[2]

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(send, range(20)))
    assert sorted(o.status for o in outcomes) == ["repeated"] * 19 + ["stored"]
    assert len({o.receipt for o in outcomes}) == 1
    assert room.numbers(
        "SELECT count(*), count(*) FILTER (WHERE submission_id = %(one)s) FROM responses",
        one=same.submission_id,
    ) == [(61, 1)]
    assert room.numbers("SELECT count(*) FROM events") == [(61,)]


def test_two_batches_of_the_same_ids_in_opposite_order_end(room: Room) -> None:
    made = room.open_campaign()
    sent = [submission(made.slug) for _ in range(100)]
    together = Barrier(2)

    def send(items: list[object]) -> list[str]:
        together.wait()
        return codes(room.submit(*items))  # type: ignore[arg-type]

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(send, [sent, sent[::-1]])
    assert sorted(first + second) == ["repeated"] * 100 + ["stored"] * 100


def test_a_demand_is_kept_apart_and_told_without_words(room: Room) -> None:
    made = room.open_campaign()
    words = {"kind": "fee", "what": "Thu tiền giấy xác nhận", "when": "Đầu tháng 3"}
    told = submission(made.slug, demand={**words, "concerns_head": True})
    bare = submission(made.slug, answers={"P": "no", "G": "yes"})
    assert codes(room.submit(told, bare)) == ["stored", "stored"]
    reports = room.numbers(
        'SELECT kind, what, "when", concerns_head FROM demand_reports ORDER BY what'
    )
    assert reports == [
        ("other", "", "", False),
        ("fee", "Thu tiền giấy xác nhận", "Đầu tháng 3", True),
    ]
    events = room.numbers("SELECT id, type, data, correlation_id, causation_id FROM events")
    texts = json.dumps([row[2] for row in events], ensure_ascii=False)
    assert "Thu tiền" not in texts
    reported = [row for row in events if row[1] == "surveys.improper_demand_reported"]
    assert len(reported) == 2
    chain = [row for row in events if row[3] == told.correlation_id]
    (answer,) = [row for row in chain if row[4] is None]
    (report,) = [row for row in chain if row[4] is not None]
    assert report[4] == answer[0]
    assert room.numbers("SELECT count(*) FROM responses WHERE answers ? 'H'") == [(0,)]


def test_open_text_is_kept_apart_from_the_answers(room: Room) -> None:
    made = room.open_campaign()
    room.submit(submission(made.slug, answers={"P": "no", "H": "Ghế ngồi chờ cũ"}))
    assert room.numbers("SELECT answers FROM responses") == [({"P": "no"},)]
    assert room.numbers("SELECT item, body FROM comments") == [("H", "Ghế ngồi chờ cũ")]
