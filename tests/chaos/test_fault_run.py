"""Under load everything breaks once; afterwards nothing is lost, doubled or missing.

The summary of the tests shows its counts and its seed, which repeats the run:
`KIPTHOI_SEED=… .venv/bin/pytest -s tests/chaos`.
"""

import os
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from deploy.local.play.api import Api, Json
from deploy.local.play.quarter import morning
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.chaos.comparing import broken, verdict
from tests.chaos.faults import kinds, plan, supervise
from tests.chaos.knowledge import Knowledge
from tests.chaos.load import Crowd, Ledger, Target
from tests.support.counted import COUNTED
from tests.support.eventually import eventually
from tests.support.system import System, running_system

PARENTS = 6
AFTER_EACH_FAULT = 30
SETTLE_SECONDS = 120
SCHOOLS = ("thi-du-mot", "thi-du-hai")
PERIOD = "2024-q1"
BEFORE, IN_FIELD_TIME = morning("2024-02-26"), morning("2024-03-04")


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


@pytest.mark.timeout(600)
@pytest.mark.xdist_group("extra servers")
def test_no_answer_is_lost_and_each_takes_effect_once(
    extra_postgres: PostgreSQL,
    extra_broker: RabbitMQ,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    seed = int(os.environ.get("KIPTHOI_SEED", secrets.randbelow(1_000_000)))
    print(f"\nfault run with KIPTHOI_SEED={seed}")
    with ExitStack() as stack:
        system = stack.enter_context(running_system(extra_postgres, extra_broker, tmp_path))
        targets = open_campaigns(system)
        clerk = stack.enter_context(system.operator())
        crowd = Crowd(clerk, SCHOOLS, targets, parents=PARENTS, seed=seed)
        stack.callback(crowd.abandon)
        crowd.start()
        for fault, lasts in plan(kinds(system, extra_postgres, extra_broker), seed):
            print(f"  {fault.name}, {crowd.acknowledged} acknowledged so far")
            fault.strike()
            threading.Event().wait(lasts)
            fault.repair()
            wait_for_answers(system, crowd, fault.name)
        ledger = crowd.stop()
        assert not ledger.refused
        assert ledger.acknowledged == ledger.sent.keys()
        assert ledger.demands
        assert ledger.titles.keys() == set(SCHOOLS)
        knowledge = Knowledge(system)

        def settled() -> bool:
            supervise(system)
            return not system.unsettled() and not broken(knowledge.claims(ledger))

        try:
            eventually(settled, timeout=SETTLE_SECONDS, message="everything settles")
        finally:
            claims = knowledge.claims(ledger)
            record_property(COUNTED, told(seed, ledger, verdict(claims)))
            print(f"  after {ledger.tries} tries; unsettled: {system.unsettled()}")
            print(*broken(claims), sep="\n")
        assert system.unsettled() == {}, "parked reactions, or events that were not sent"
        assert verdict(claims) == Counter(lost=0, doubled=0, missing=0)


def told(seed: int, ledger: Ledger, counts: Counter[str]) -> str:
    """The line that the summary of the tests shows, by which a run can be repeated."""
    return (
        f"fault run, seed {seed}: sent {len(ledger.sent)}, acknowledged "
        f"{len(ledger.acknowledged)}, lost {counts['lost']}, doubled {counts['doubled']}, "
        f"missing {counts['missing']}"
    )


def wait_for_answers(system: System, crowd: Crowd, after: str) -> None:
    """Wait until answers come in again, so that every fault strikes under load."""
    goal = crowd.acknowledged + AFTER_EACH_FAULT

    def came() -> bool:
        supervise(system)
        return crowd.acknowledged >= goal

    eventually(came, timeout=120, message=f"answers after: {after}")
