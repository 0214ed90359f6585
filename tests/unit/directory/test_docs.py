import argparse
from pathlib import Path

from directory import metrics
from directory.commands import add_users

PAGE = (Path(__file__).parents[3] / "docs" / "directory.md").read_text(encoding="utf-8")


def test_every_metric_is_described() -> None:
    assert "`kipthoi_logins_total{outcome}`" in PAGE
    assert {family.name for family in metrics.logins.collect()} == {"kipthoi_logins"}
    for name, *_ in metrics.GAUGES:
        assert f"`{name}`" in PAGE


def test_every_command_is_described() -> None:
    commands = argparse.ArgumentParser().add_subparsers()
    add_users(commands)
    assert list(commands.choices) == ["users"]
    written = commands.choices["users"].format_help()
    for action in ("add", "list", "reset"):
        assert action in written
        assert f"`kipthoi users {action}" in PAGE
