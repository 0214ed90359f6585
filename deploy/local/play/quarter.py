"""The quarter as it happens: campaigns, answers, an inspection, reports; each step once."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from deploy.local.clock import set_business_time
from deploy.local.play import parents
from deploy.local.play.api import Api, Json, RefusedError
from deploy.local.play.chronicle import Chronicle
from deploy.local.play.waiting import until

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
QUARTERLY = "cchc_result"
LAST_DEADLINE = "2024-03-20"


def morning(day: str) -> datetime:
    """Return eight in the morning of an ISO day in Vietnam."""
    return datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=VIETNAM)


@dataclass
class Stage:
    """Everything the steps need: where the system is, who acts, what was done before."""

    url: str
    clock_file: Path
    district: Json
    chronicle: Chronicle
    officer: Api
    heads: dict[str, Api]
    say: Callable[[str], None]

    @property
    def quarter(self) -> Json:
        """How the quarter is played."""
        quarter: Json = self.district["quarter"]
        return quarter

    @property
    def period(self) -> str:
        """The key of the quarter's period: "2024-q1"."""
        return f"{self.quarter['year']}-q{self.quarter['index']}"

    def move_clock(self, day: str) -> None:
        """Set business time to eight in the morning of a day in Vietnam; never backwards."""
        last = self.chronicle.facts.get("clock", "")
        if day > last:
            moment = morning(day)
            set_business_time(self.clock_file, moment)
            self.chronicle.keep("clock", day)
            self.say(f"the business clock stands at {moment:%d/%m/%Y %H:%M}")


def open_campaigns(stage: Stage) -> None:
    """1 March: ten working days before the cut-off every campaign of the quarter is open."""
    stage.move_clock("2024-03-01")
    expected = 2 * len(stage.district["schools"])

    def opened() -> list[Json]:
        listed = stage.officer.items("/campaigns", period=stage.period)
        ready = [c for c in listed if c["state"] != "planned"]
        return ready if len(ready) == expected else []

    campaigns = until(opened, f"{expected} open campaigns")
    for campaign in campaigns:
        school = next(s for s in stage.district["schools"] if s["code"] == campaign["school"])
        if campaign["state"] == "open" and campaign["handed_out"] is None:
            stage.heads[campaign["school"]].post(
                f"/campaigns/{campaign['campaign_id']}/handed-out",
                {"handed_out": school["handed_out"]},
            )
    stage.say(f"{expected} campaigns opened by the calendar")


def answer(stage: Stage) -> None:
    """The parents of every school answer, one of them reports an improper demand."""
    if stage.chronicle.has("answered"):
        return
    campaigns = stage.officer.items("/campaigns", period=stage.period)
    everything: list[parents.Answer] = []
    with Api(stage.url) as anybody:
        for campaign in campaigns:
            public = anybody.get(f"/public/campaigns/{campaign['slug']}")
            crowd = stage.quarter["answers"][campaign["school"]]
            everything += parents.make_answers(public, crowd, stage.quarter["seed"])
    start = time.monotonic()
    total = len(everything)

    def tick(received: int) -> None:
        if received % 200 == 0 or received == total:
            stage.say(f"{received} of {total} answers received")

    parents.send_all(stage.url, everything, tick)
    stage.chronicle.keep("answered", {"answers": total, "seconds": time.monotonic() - start})


def report_demand(stage: Stage) -> None:
    """A parent reports an improper demand; measure until the proposed inspection is readable."""
    if stage.chronicle.has("reaction_ms"):
        return
    demand = dict(stage.quarter["demand"])
    school = demand.pop("school")
    campaigns = stage.officer.items("/campaigns", period=stage.period, school=school)
    slug = next(c["slug"] for c in campaigns if c["form"] == "tthc")
    with Api(stage.url) as anybody:
        form = anybody.get(f"/public/campaigns/{slug}")["form"]
        answers = {form["filter"]["code"]: "no"} if form["filter"] else {}
        one = parents.Answer(
            slug=slug,
            submission_id=parents.same_id(f"demand {slug}"),
            answers={**answers, form["demand"]: "yes"},
            by_page=False,
        )
        parents.send_by_api(anybody, one, demand | {"concerns_head": False})
    accepted = time.monotonic()
    found = until(
        lambda: stage.officer.items("/inspections", school=school),
        "the proposed inspection",
        pause=0.002,
    )
    milliseconds = (time.monotonic() - accepted) * 1000
    stage.chronicle.keep("inspection", found[0]["inspection_id"])
    stage.chronicle.keep("reaction_ms", milliseconds)
    stage.say(f"an inspection proposed itself {milliseconds:.0f} ms after the answer was accepted")


def inspect(stage: Stage) -> None:
    """The head orders the inspection, carries it out, assigns a remedy and closes it in time."""
    inspection = stage.chronicle.facts["inspection"]
    quarter = stage.quarter
    head = stage.heads[quarter["demand"]["school"]]
    _once(lambda: head.post(f"/inspections/{inspection}/order", {"decision_number": "05/QĐ-CVG"}))
    stage.move_clock("2024-03-05")
    finding = quarter["finding"]
    checklist = [item["code"] for item in head.items("/checklist")]
    results = [
        finding | {"met": False} if c == finding["item"] else {"item": c, "met": True}
        for c in checklist
    ]
    _once(lambda: head.post(f"/inspections/{inspection}/complete", {"results": results}))
    detail = head.get(f"/inspections/{inspection}")
    [found] = detail["findings"]
    if not found["remedies"]:
        head.post(f"/findings/{found['finding_id']}/remedies", quarter["remedy"])
    [remedy] = head.get(f"/inspections/{inspection}")["findings"][0]["remedies"]
    stage.say(f"a finding has its remedy, due {remedy['due_on']}")
    stage.move_clock("2024-03-12")
    evidence = {"evidence": quarter["evidence"]}
    _once(lambda: head.post(f"/remedies/{remedy['remedy_id']}/close", evidence))


def close_campaigns(stage: Stage) -> None:
    """15 March: the cut-off has passed, the campaigns are closed with their results."""
    stage.move_clock("2024-03-15")

    def closed() -> bool:
        return all(
            c["state"] == "closed" for c in stage.officer.items("/campaigns", period=stage.period)
        )

    until(closed, "the closing of the campaigns")
    below = next(s for s in stage.quarter["answers"] if s == "dam-may-tim")
    until(
        lambda: stage.officer.items("/improvement-tasks", school=below),
        "the improvement task of the school below its target",
    )
    stage.say("the campaigns are closed, the school below 95 % has its improvement task")


def report(stage: Stage) -> None:
    """Two schools send everything in time, one sends it late, one not at all."""
    for school in ("hoa-hong-mau", "cau-vong-giay"):
        submit_all(stage, school)
    stage.move_clock("2024-03-20")
    submit_all(stage, "dam-may-tim")
    until(
        lambda: quarterly(stage, "con-thuyen-la")["state"] == "overdue",
        "the overdue report of the school that sent none",
    )
    stage.say("two quarterly reports came in time, one late, one is overdue")


def quarterly(stage: Stage, school: str) -> Json:
    """Return a school's obligation to report the quarter's CCHC results."""

    def find() -> Json | None:
        listed = stage.officer.items("/obligations", school=school, kind=QUARTERLY)
        return next((o for o in listed if o["period"]["starts_on"] == "2023-12-15"), None)

    return until(find, f"the quarterly obligation of {school}")


def submit_all(stage: Stage, school: str) -> None:
    """A head sends what the school owes by the end of the played quarter and hasn't sent."""
    quarterly(stage, school)
    for obligation in stage.officer.items("/obligations", school=school):
        waits = obligation["state"] in {"upcoming", "due_soon", "overdue"}
        if waits and obligation["due_on"] <= LAST_DEADLINE:
            path = f"/obligations/{obligation['obligation_id']}"
            head = stage.heads[school]
            # The head vouches for every part of what the report has to hold.
            holds = [number for number, _ in enumerate(head.get(path)["checklist"], 1)]
            _once(partial(head.post, f"{path}/submit", {"holds": holds}))


def _once(command: Callable[[], Json]) -> None:
    """Do a command that a killed run may have done: a conflict means it is done."""
    try:
        command()
    except RefusedError as refused:
        if refused.status != 409:  # noqa: PLR2004 - conflict
            raise
