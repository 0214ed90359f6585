"""Gauges are there from the start, and 0: what vanishes can't be told from a fault."""

from inspections.metrics import MatterStates
from tests.storage.inspections.conftest import Room
from tests.storage.inspections.test_petitions import submit, text_of


def gauges(room: Room) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in MatterStates(room.engine).collect()
        for sample in family.samples
    }


def test_each_state_is_there_before_anything_is(room: Room) -> None:
    before = gauges(room)
    assert len(before) == 5 + 4 * 2 + 2 * 2 + 2
    assert set(before.values()) == {0.0}
    submit(room, text_of())
    after = gauges(room)
    assert after.keys() == before.keys()
    assert after["kipthoi_petitions_unanswered", ("petition", "open")] == 1.0
    assert sum(after.values()) == 1.0
