from contracts.events import CONSUMERS, events_for
from contracts.events.registry import FAST_LANE, SERVICES
from messaging.topology import bindings_of, queues_of, targeted


def test_every_consumer_of_the_table_has_exactly_one_queue_for_its_event() -> None:
    for service in SERVICES:
        wanted = [key for _queue, key, is_wanted in bindings_of(service) if is_wanted]
        keys = [key for name in events_for(service) for key in (name, targeted(name, service))]
        assert sorted(wanted) == sorted(keys)


def test_answers_have_a_lane_of_their_own_where_they_are_consumed() -> None:
    for service in SERVICES:
        consumes = any(service in CONSUMERS[event] for event in FAST_LANE)
        assert (f"{service}.events.fast" in queues_of(service)) == consumes
        assert queues_of(service)[-1] == f"{service}.dead"


def test_what_is_not_wanted_is_unbound() -> None:
    unwanted = {key for _queue, key, is_wanted in bindings_of("directory") if not is_wanted}
    assert unwanted == {*CONSUMERS, *(targeted(event, "directory") for event in CONSUMERS)}
