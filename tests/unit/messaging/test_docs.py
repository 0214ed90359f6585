import argparse
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

from messaging import metrics
from messaging.commands import add_events, add_topology

PAGE = (Path(__file__).parents[3] / "docs" / "messaging.md").read_text()


def test_every_metric_is_described() -> None:
    declared = [value for value in vars(metrics).values() if isinstance(value, MetricWrapperBase)]
    assert len(declared) > 10
    for metric in declared:
        [family] = metric.describe()
        suffix = "_total" if family.type == "counter" else ""
        assert f"`{family.name}{suffix}`" in PAGE


def test_every_command_is_described() -> None:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    add_events(commands)
    add_topology(commands)
    for action in ("list", "show", "replay", "discard", "republish"):
        assert f"`kipthoi events {action}" in PAGE
    names = [str(name) for name in commands.choices]
    assert names == ["events", "topology"]
    for action in ("apply", "check"):
        assert f"`kipthoi topology {action}`" in PAGE
