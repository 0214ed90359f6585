"""Processes that are killed, or asked to end, in the middle of their work."""

from uuid import UUID, uuid4

from messaging import topology
from messaging.broker import Outgoing, Publisher, connect
from tests.component.messaging.conftest import MakeStore, Start
from tests.component.messaging.running import Process, Store, answers, changed
from tests.support.eventually import eventually


def test_a_killed_handler_is_tried_again(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    reports.fault("killer", "kill")
    _, first = start.all(amqp, surveys, reports)
    ids = surveys.record(*answers("bystander", 20), *answers("killer", 1))
    assert first.gone() < 0
    start(reports, amqp).ready()
    reports.all_done(ids)
    assert reports.unfinished() == 0


def test_an_event_that_always_kills_is_parked_and_takes_no_other_with_it(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    start(surveys, amqp).ready()
    reports.fault("killer", "kill", times=99)
    *others, killer = surveys.record(*answers("bystander", 20), *answers("killer", 1))
    eventually(lambda: surveys.unsent() == 0)
    deaths = 0
    while _dies(start(reports, amqp), reports, killer):
        deaths += 1
    assert reports.reaction(killer) == ("parked", "crashed", 3)
    assert deaths == 4  # once as it came, then as often as attempts are allowed
    reports.all_done(others)


def _dies(process: Process, reports: Store, killer: UUID) -> bool:
    eventually(lambda: not process.running or (reports.reaction(killer) or "")[:1] == ("parked",))
    return not process.running


def test_what_the_broker_gave_up_on_is_handled_after_all(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    start.all(amqp, surveys)
    ids = surveys.record(*answers("given-up", 2))
    eventually(lambda: surveys.unsent() == 0)
    give_up(amqp, "reports.events.fast", 2)
    start.all(amqp, reports)
    reports.all_done(ids)
    assert reports.unfinished() == 0


def test_what_cannot_be_read_is_parked_also_after_the_broker_gave_it_up(
    reports: Store, amqp: str, start: Start
) -> None:
    body = b"no json at all \xff"
    publisher = Publisher(amqp, exchange="")
    message = Outgoing("reports.events", body, str(uuid4()), "", mandatory=True, recorded_at=0.0)
    assert publisher.publish([message]) == set()
    publisher.close()
    give_up(amqp, "reports.events", 1)
    start.all(amqp, reports)
    query = "SELECT reason FROM reactions WHERE body = :body AND state = 'parked'"
    assert eventually(lambda: reports.one(query, body=body)) == "undecodable"
    with connect(amqp) as connection:
        dead = connection.channel()
        eventually(lambda: dead.queue_declare("reports.dead", passive=True).message_count == 0)


def give_up(amqp: str, queue: str, count: int) -> None:
    """Refuse each message of a queue until the broker puts them into the dead queue."""
    with connect(amqp) as connection:
        channel = connection.channel()
        for _ in range(count * (topology.DELIVERY_LIMIT + 1)):
            message = eventually(lambda: channel.basic_get(queue))
            channel.basic_reject(message.delivery_tag, requeue=True)
        dead = connection.channel()
        eventually(lambda: dead.queue_declare("reports.dead", passive=True).message_count == count)
        assert dead.queue_declare(queue, passive=True).message_count == 0


def test_sigterm_lets_running_handlers_finish_and_redoes_nothing(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    start(surveys, amqp).ready()
    reports.fault("slow", "slow", seconds=2)
    [slow, *others] = surveys.record(*answers("slow", 1), *answers("behind", 900))
    eventually(lambda: surveys.unsent() == 0)
    first = start(reports, amqp).ready()
    eventually(lambda: reports.runs(slow) == 1)
    assert first.terminate() == 0
    assert reports.effects([slow]) == 1
    assert 0 < reports.effects(others) < 900
    start(reports, amqp).ready()
    reports.all_done([slow, *others])
    assert reports.one("SELECT count(*) FROM runs") == 901
    assert reports.unfinished() == 0


def test_a_second_relay_sends_what_a_frozen_one_left(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    """The first sends alone until it freezes, with rows in its hands; the second sends the rest."""
    batch = 500
    ids = [event for _ in range(20) for event in surveys.record(*answers("left", 300))]
    start.all(amqp, reports)
    first = start(surveys, amqp)
    eventually(lambda: surveys.unsent() < len(ids), timeout=30)
    first.freeze()
    left = surveys.unsent()
    assert 0 < left < len(ids), "the first relay was to freeze in the middle of its work"
    second = start(surveys, amqp).ready()
    eventually(lambda: surveys.unsent() <= batch, timeout=30)
    first.kill()
    reports.all_done(ids)
    eventually(lambda: surveys.unsent() == 0)
    assert second.running
    assert reports.one("SELECT count(*) FROM runs") == len(ids)
    assert reports.unfinished() == 0


def test_two_consumers_share_what_two_relays_send(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    start.all(amqp, surveys, surveys, reports, reports)
    ids = [event for _ in range(10) for event in surveys.record(*answers("shared", 300))]
    reports.all_done(ids)
    assert reports.one("SELECT count(DISTINCT pid) FROM effects") == 2
    assert reports.one("SELECT count(*) FROM runs") == 3000
    assert reports.unfinished() == 0


def test_a_long_query_holds_up_no_other_lane(
    surveys: Store, reports: Store, make_store: MakeStore, amqp: str, start: Start
) -> None:
    directory = make_store("directory")
    start.all(amqp, surveys, directory, reports)
    reports.fault("busy", "busy", seconds=5)
    [busy] = surveys.record(*answers("busy", 1))
    eventually(lambda: reports.runs(busy) == 1)
    quick = directory.record(changed("quick", 1))
    reports.all_done(quick)
    assert reports.effects([busy]) == 0
    reports.all_done([busy])
