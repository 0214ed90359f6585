from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry

from chassis.database import make_engine
from reports.metrics import TimelinessCollector
from tests.storage.reports.conftest import Room
from tests.storage.reports.papers import compose, number
from tests.storage.reports.steps import approve, begin, hand_in
from tests.support.schools import SCHOOL


@pytest.fixture
def registry(room: Room, monkeypatch: pytest.MonkeyPatch) -> CollectorRegistry:
    monkeypatch.setattr("reports.metrics.CACHE_SECONDS", 0)
    registry = CollectorRegistry()
    registry.register(TimelinessCollector(room.units))
    return registry


def test_the_metrics_of_a_quarter(room: Room, registry: CollectorRegistry) -> None:
    def periodic(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(name, {"kind": "periodic", **labels})

    mine = {"school": SCHOOL}
    end = datetime(2024, 3, 19, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()
    assert periodic("kipthoi_report_deadline_timestamp_seconds", **mine) == end
    assert periodic("kipthoi_obligation_working_days_left", **mine) == 11
    assert periodic("kipthoi_obligations", **mine, state="upcoming") == 4
    assert periodic("kipthoi_reports_on_time_ratio") is None

    room.tick(date(2024, 3, 20))
    assert periodic("kipthoi_obligations", **mine, state="overdue") == 1
    assert periodic("kipthoi_report_deadline_timestamp_seconds", **mine) == end
    # What is overdue doesn't hide the next deadline, 17/6/2024.
    assert periodic("kipthoi_obligation_working_days_left", **mine) == 60
    assert periodic("kipthoi_reports_on_time_ratio") == 0
    assert periodic("kipthoi_report_submitted_timestamp_seconds", **mine) is None

    room.submit(room.quarter().obligation_id)
    assert periodic("kipthoi_obligations", **mine, state="overdue") is None
    assert periodic("kipthoi_obligations", **mine, state="submitted_late") == 1
    sent = periodic("kipthoi_report_submitted_timestamp_seconds", **mine)
    assert sent == room.clock().timestamp()
    late = "kipthoi_report_lateness_working_days"
    assert periodic(f"{late}_bucket", le="1.0") == 0
    assert periodic(f"{late}_bucket", le="2.0") == periodic(f"{late}_count") == 1
    assert periodic(f"{late}_sum") == 2
    assert registry.get_sample_value("kipthoi_business_time_seconds") == sent


def test_what_waits_for_approval(room: Room, registry: CollectorRegistry) -> None:
    def value(name: str) -> float | None:
        labels = {"school": SCHOOL, "kind": "periodic"}
        return registry.get_sample_value(f"kipthoi_report_{name}", labels)

    report = room.quarter().obligation_id
    begin(room, report)
    assert (value("approvals_waiting"), value("approval_working_days_left")) == (None, None)
    hand_in(room, report)
    assert (value("approvals_waiting"), value("approval_working_days_left")) == (1, 11)
    room.tick(date(2024, 3, 20))
    assert value("approval_working_days_left") == -2
    approve(room, report)
    assert (value("approvals_waiting"), value("approval_working_days_left")) == (None, None)


def test_pdfs_that_are_not_there(room: Room, registry: CollectorRegistry) -> None:
    def pdfs(state: str) -> float | None:
        return registry.get_sample_value("kipthoi_document_pdfs", {"state": state})

    assert (pdfs("waiting"), pdfs("failed")) == (0, 0)
    number(room, compose(room).document_id)
    assert (pdfs("waiting"), pdfs("failed")) == (1, 0)


def test_the_last_known_numbers_stand_while_the_database_is_away(
    room: Room, registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = {"school": SCHOOL, "kind": "annual", "state": "upcoming"}
    assert registry.get_sample_value("kipthoi_obligations", labels) == 1
    nowhere = make_engine("postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(room.units, "engine", nowhere)
    assert registry.get_sample_value("kipthoi_obligations", labels) == 1
    nowhere.dispose()
