"""What Prometheus is told of how surveys stands."""

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import CollectorRegistry

from surveys.metrics import GAUGES, Standings
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.january import plan_first_quarter
from tests.storage.surveys.test_calendar import at, tick
from tests.storage.surveys.test_exemptions import exempt

Told = dict[str, dict[tuple[str, ...], float]]


def told(room: Room, clock: Clock) -> Told:
    """Gauge → label values → number, asked anew."""
    registry = CollectorRegistry()
    registry.register(Standings(room.engine, clock))
    return {
        family.name: {tuple(s.labels.values()): s.value for s in family.samples}
        for family in registry.collect()
        if isinstance(family, GaugeMetricFamily)
    }


def test_the_calendar_and_the_forms_are_told(room: Room, clock: Clock) -> None:
    plan_first_quarter(room, clock)
    exempt(room, form="tthc")
    now = told(room, clock)
    assert now["kipthoi_campaigns"] == {("care", "planned"): 1}, "what is called off is none"
    assert now["kipthoi_campaigns_due"] == {("open",): 0, ("close",): 0}
    assert now["kipthoi_exemptions"] == {("tthc",): 1}
    assert now["kipthoi_forms"] == {("care", "shipped"): 1, ("tthc", "shipped"): 1}
    assert now["kipthoi_schools_unplanned"] == {(): 0}
    assert now["kipthoi_batches_storing"] == {(): 0}


def test_what_waits_for_its_day_s_turn_is_told(room: Room, clock: Clock) -> None:
    plan_first_quarter(room, clock)
    clock.now = at(2024, 3, 4)
    now = told(room, clock)
    assert now["kipthoi_campaigns_due"] == {("open",): 2, ("close",): 0}
    assert now["kipthoi_schools_unplanned"] == {(): 1}
    tick(room)
    assert told(room, clock)["kipthoi_campaigns_due"] == {("open",): 0, ("close",): 0}
    clock.now = at(2024, 3, 15)
    assert told(room, clock)["kipthoi_campaigns_due"] == {("open",): 0, ("close",): 2}


def test_an_exemption_that_is_over_is_told_no_more(room: Room, clock: Clock) -> None:
    plan_first_quarter(room, clock)
    exempt(room)
    assert told(room, clock)["kipthoi_exemptions"] == {("both",): 1}
    clock.now = at(2024, 3, 15)
    assert told(room, clock)["kipthoi_exemptions"] == {}


def test_the_last_numbers_stand_while_the_database_is_away(room: Room, clock: Clock) -> None:
    room.open_campaign()
    standings = Standings(room.engine, clock)
    before = list(standings.collect())
    assert [family.name for family in before] == [gauge[0] for gauge in GAUGES]
    standings._asked_at = -100.0
    with room.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE batches RENAME TO away")
    assert list(standings.collect()) == before
