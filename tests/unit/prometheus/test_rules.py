"""Recording and alerting rules: each alert is proved to fire, to be silent, to have a runbook."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = sorted((PROMETHEUS / "rules").glob("*.yml"))
TESTS = sorted((PROMETHEUS / "tests").glob("*.yml"))


def promtool(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own files
        ["promtool", *arguments],  # noqa: S607 - from Debian's package prometheus
        cwd=PROMETHEUS / "tests",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def alerts() -> dict[str, dict[str, Any]]:
    rules = [rule for path in RULES for group in read(path)["groups"] for rule in group["rules"]]
    return {rule["alert"]: rule for rule in rules if "alert" in rule}


def test_the_configuration_is_valid() -> None:
    promtool("check", "config", str(PROMETHEUS / "prometheus.yml"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_rules_do_what_their_tests_say(path: Path) -> None:
    promtool("test", "rules", path.name)


def test_each_alert_is_seen_firing_and_silent() -> None:
    asserted = [
        (case["alertname"], bool(case["exp_alerts"]))
        for path in TESTS
        for test in read(path)["tests"]
        for case in test.get("alert_rule_test", [])
    ]
    for name in alerts():
        assert {fires for alert, fires in asserted if alert == name} == {True, False}, name


def test_each_alert_has_its_runbook_and_both_languages() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "runbooks").glob("*.md")}
    for name, rule in alerts().items():
        told = rule["annotations"]
        assert set(told) == {"summary", "summary_en", "runbook_url"}
        page = ROOT / told["runbook_url"]
        assert page.stem == name
        assert page.read_text(encoding="utf-8").startswith(f"# {name}\n")
    assert pages >= set(alerts())
