"""A consumer that joins later gets what was told before it came."""

import pytest

from messaging import topology
from messaging.cli import main
from tests.component.messaging.conftest import MakeStore, Start
from tests.component.messaging.running import answers
from tests.support.eventually import eventually


def test_a_consumer_added_later_gets_the_past_once(
    make_store: MakeStore,
    amqp_url: str,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    surveys, reports, inspections = map(make_store, ("surveys", "reports", "inspections"))
    topology.apply(amqp_url, ("surveys", "inspections"))
    start.all(amqp_url, surveys, inspections)
    past = surveys.record(*answers("past", 30))
    inspections.all_done(past)

    monkeypatch.setenv("AMQP_URL", amqp_url)
    monkeypatch.setenv("KIPTHOI_SURVEYS_DATABASE_URL", surveys.database.url)
    assert main(["topology", "check"]) == 2
    assert main(["topology", "apply"]) == 0
    start(reports, amqp_url).ready()
    present = surveys.record(*answers("present", 5))
    reports.all_done(present)
    assert reports.effects(past) == 0

    for _ in range(2):
        assert main(["events", "republish", "--to", "reports", "--since", "2020-01-01"]) == 0
        assert "35 events of surveys" in capsys.readouterr().out
        reports.all_done([*past, *present])
        eventually(lambda: surveys.unsent() == 0)
    assert main(["events", "republish", "--event", "surveys.response_submitted"]) == 0
    eventually(lambda: surveys.unsent() == 0)
    last = surveys.record(*answers("last", 1))
    for consumer in (reports, inspections):
        consumer.all_done(last)
        assert consumer.effects([*past, *present]) == 35
        assert consumer.unfinished() == 0
