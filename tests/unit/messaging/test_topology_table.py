from contracts.events import CONSUMERS, events_for
from contracts.events.registry import FAST_LANE, SERVICES
from messaging.topology import bindings_of, queues_of


def test_every_consumer_of_the_table_has_exactly_one_queue_for_its_event() -> None:
    for service in SERVICES:
        wanted = [event for _queue, event, is_wanted in bindings_of(service) if is_wanted]
        assert sorted(wanted) == list(events_for(service))


def test_answers_have_a_lane_of_their_own_where_they_are_consumed() -> None:
    for service in SERVICES:
        consumes = any(service in CONSUMERS[event] for event in FAST_LANE)
        assert (f"{service}.events.fast" in queues_of(service)) == consumes
        assert queues_of(service)[-1] == f"{service}.dead"


def test_what_is_not_wanted_is_unbound() -> None:
    unwanted = {event for _queue, event, is_wanted in bindings_of("directory") if not is_wanted}
    assert unwanted == set(CONSUMERS)
