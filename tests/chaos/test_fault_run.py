"""Under load everything breaks once; afterwards nothing is lost, doubled or missing.

The seed is printed and repeats the run: `KIPTHOI_SEED=… .venv/bin/pytest -s tests/chaos`.
"""

import os
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deploy.local.play.api import Api, Json
from deploy.local.play.quarter import morning
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.chaos.faults import kinds, plan
from tests.chaos.load import Crowd, Ledger, Target
from tests.support.eventually import eventually
from tests.support.system import System, running_system

PARENTS = 6
AFTER_EACH_FAULT = 30
SETTLE_SECONDS = 120
SCHOOLS = ("thi-du-mot", "thi-du-hai")
PERIOD = "2024-q1"
BEFORE, IN_FIELD_TIME = morning("2024-02-26"), morning("2024-03-04")
# What each service knows of answers and of demands.
KEPT = {
    "stored answers": ("surveys", "SELECT count(*) FROM responses"),
    "stored demands": ("surveys", "SELECT count(*) FROM demand_reports"),
    "answers in inspections": ("inspections", "SELECT sum(answers) FROM answer_tallies"),
    "demands in inspections": ("inspections", "SELECT count(*) FROM inspection_triggers"),
    "answers in reports": ("reports", "SELECT sum(answers) FROM answer_counts"),
    "demands in reports": ("reports", "SELECT count(*) FROM matters WHERE sort = 'demand'"),
}


def open_campaigns(system: System) -> list[Target]:
    """Register two schools, move into their field time, return their open campaigns."""
    system.move_clock(BEFORE)
    unit = {"code": "quan-thi-du", "title": "Quận thí dụ", "kind": "authority"}
    place = {"opened_on": "2015-09-05", "parents": {"administrative": unit["code"]}}
    with system.operator() as operator:
        operator.post("/units", unit)
        for code in SCHOOLS:
            operator.post("/schools", {"code": code, "title": code, "level": "primary"} | place)

        def campaigns(state: str) -> list[Json]:
            listed = operator.items("/campaigns", period=PERIOD, state=state)
            return listed if len(listed) == 2 * len(SCHOOLS) else []

        eventually(lambda: campaigns("planned"), timeout=60, message="campaigns are planned")
        system.move_clock(IN_FIELD_TIME)
        opened = eventually(lambda: campaigns("open"), timeout=60, message="campaigns are open")
        return [target(system.url, campaign["slug"]) for campaign in opened]


def target(url: str, slug: str) -> Target:
    """A short valid answer to a campaign, without and with an improper demand."""
    with Api(url) as anybody:
        form = anybody.get(f"/public/campaigns/{slug}")["form"]
    answers: Json = {form["filter"]["code"]: "yes"} if form["filter"] else {}
    answers |= {
        item["code"]: 5
        for group in form["groups"]
        for item in group["items"]
        if item["kind"] == "scale5"
    }
    return Target(slug, answers | {form["demand"]: "no"}, answers | {form["demand"]: "yes"})


def count(rows: Callable[[str, str], list[tuple[Any, ...]]]) -> dict[str, int]:
    """How many answers and demands each service knows; `rows` asks a service's database."""
    return {what: int(rows(service, sql)[0][0] or 0) for what, (service, sql) in KEPT.items()}


def compare(ledger: Ledger, found: dict[str, int]) -> Counter[str]:
    """Lost: acknowledged, not stored. Doubled, missing: effects beyond or below the stored."""
    result = Counter(lost=0, doubled=0, missing=0)
    sent = {"answers": ledger.sent, "demands": ledger.demands}
    for sort, known in sent.items():
        stored = found[f"stored {sort}"]
        result["lost"] += max(0, len(known & ledger.acknowledged) - stored)
        result["doubled"] += max(0, stored - len(known))
        for service in ("inspections", "reports"):
            surplus = found[f"{sort} in {service}"] - stored
            result["doubled" if surplus > 0 else "missing"] += abs(surplus)
    return result


@pytest.mark.timeout(600)
@pytest.mark.xdist_group("extra servers")
def test_no_answer_is_lost_and_each_takes_effect_once(
    extra_postgres: PostgreSQL, extra_broker: RabbitMQ, tmp_path: Path
) -> None:
    seed = int(os.environ.get("KIPTHOI_SEED", secrets.randbelow(1_000_000)))
    print(f"\nfault run with KIPTHOI_SEED={seed}")
    with ExitStack() as stack:
        system = stack.enter_context(running_system(extra_postgres, extra_broker, tmp_path))
        crowd = Crowd(system.url, open_campaigns(system), parents=PARENTS, seed=seed)
        stack.callback(crowd.abandon)
        crowd.start()
        for fault, lasts in plan(kinds(system, extra_postgres, extra_broker), seed):
            print(f"  {fault.name}, {crowd.acknowledged} acknowledged so far")
            fault.strike()
            threading.Event().wait(lasts)
            fault.repair()
            wait_for_answers(crowd, crowd.acknowledged + AFTER_EACH_FAULT, fault.name)
        ledger = crowd.stop()
        assert not ledger.refused
        assert ledger.acknowledged == ledger.sent
        assert ledger.demands

        def settled() -> bool:
            return not system.unsettled() and not compare(ledger, count(system.rows)).total()

        try:
            eventually(settled, timeout=SETTLE_SECONDS, message="everything settles")
        finally:
            found = count(system.rows)
            print(f"  sent {len(ledger.sent)} in {ledger.tries} tries, acknowledged", end=" ")
            print(f"{crowd.acknowledged}, {found}, {dict(compare(ledger, found))}")
            print(f"  unsettled: {system.unsettled()}")
        assert compare(ledger, found) == Counter(lost=0, doubled=0, missing=0)


def wait_for_answers(crowd: Crowd, goal: int, after: str) -> None:
    """Wait until answers come in again, so that every fault strikes under load."""
    eventually(lambda: crowd.acknowledged >= goal, timeout=120, message=f"answers after: {after}")
