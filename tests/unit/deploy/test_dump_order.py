"""Whoever takes events is dumped before whoever tells them."""

import re
from pathlib import Path

import pytest

from contracts.events import CONSUMERS
from deploy.local.dump_order import dump_order
from deploy.local.errors import StackError
from deploy.local.parts import SERVICES


def test_takers_come_before_tellers() -> None:
    order = dump_order([part.name for part in SERVICES])
    assert sorted(order) == sorted(part.name for part in SERVICES)
    for event, takers in CONSUMERS.items():
        for taker in takers:
            assert order.index(taker) < order.index(event.partition(".")[0])


def test_a_circle_is_named() -> None:
    circle = {"reports.asked": ("surveys",), "surveys.answered": ("reports",)}
    with pytest.raises(
        StackError, match=r"surveys → reports → surveys|reports → surveys → reports"
    ):
        dump_order(["reports", "surveys"], circle)


def test_the_installation_s_script_keeps_an_order_that_holds() -> None:
    script = Path("deploy/backup").read_text(encoding="utf-8")
    [listed] = re.findall(r"for service in ([a-z ]+); do", script)
    order = listed.split()
    assert sorted(order) == sorted(part.name for part in SERVICES)
    for event, takers in CONSUMERS.items():
        for taker in takers:
            assert order.index(taker) < order.index(event.partition(".")[0])
