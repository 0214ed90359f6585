"""The product as it is run: four services and the gateway; login, audit and events on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from deploy.local.play.api import Api, Json, RefusedError, login
from deploy.local.play.quarter import morning
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.bench.contender import Effects, Reader
from tests.bench.load import Sheet
from tests.bench.sheets import fill_sheets, with_demand
from tests.support.eventually import eventually
from tests.support.system import PASSWORD, System, unchecked_system

SCHOOLS = 8
PATIENCE = 240.0  # seconds that a start may take on a busy machine
PERIOD = "2024-q1"
BEFORE, IN_FIELD_TIME = morning("2024-02-26"), morning("2024-03-04")
UNIT = "quan-thi-du"


class Subject:
    """Answers go to open campaigns; their effects are read as the dashboard reads them.

    reports' counts stand in the district's overview. What inspections counted, and the demands
    that it acted on, stand in the inspection that is open at each school.
    """

    has_chain = True

    def __init__(self, system: System, campaigns: list[Json]) -> None:
        self.system = system
        self.url = system.url
        self.sheets: Sequence[Sheet] = fill_sheets(forms_of(system, campaigns))
        self.token = login(system.url, "vanhanh", PASSWORD)
        self.reader = Reader(system.url, self.token)
        self._campaigns = {path_of(campaign): campaign for campaign in campaigns}
        self._inspections: dict[str, str] = {}  # school → the inspection that is open there

    def open_inspections(self) -> None:
        """Tell a demand in every campaign, so that each has an inspection to be read from."""
        told = {sheet.path: sheet for sheet in with_demand(self.sheets, demand=True)}
        for sheet in told.values():
            self.reader.submit(sheet)
        eventually(lambda: self._find_inspections(len(told)), 120, "inspections are proposed")

    def stored(self) -> int:
        [(count,)] = self.system.rows("surveys", "SELECT count(*) FROM responses")
        return int(count)

    def reached(self, goal: Effects) -> bool:
        return self.counted_by_reports() >= goal.answers and self._inspected().covers(goal)

    def seen(self) -> Effects:
        inspected = self._inspected()
        return Effects(min(inspected.answers, self.counted_by_reports()), inspected.demands)

    def counted_by_reports(self) -> int:
        """Return how many answers the district's overview counts."""
        overview = self.reader.get(f"/api/v1/overview?period={PERIOD}")
        return sum(
            row[form]["responses"]
            for row in overview["schools"]
            for form in ("tthc", "care")
            if row[form]
        )

    def _inspected(self) -> Effects:
        shares = [share for school in self._inspections for share in self._shares(school)]
        return Effects(sum(s["answers"] for s in shares), sum(s["reports"] for s in shares))

    def watch(self, sheet: Sheet) -> Callable[[], bool]:
        campaign = self._campaigns[sheet.path]
        counted = self._figures(campaign)
        inspected = self._share(campaign).plus(1, int(sheet.demand))
        return lambda: self._share(campaign).covers(inspected) and self._figures(campaign) > counted

    def _share(self, campaign: Json) -> Effects:
        """Return what inspections tells of one campaign."""
        shares = self._shares(campaign["school"])
        [share] = [one for one in shares if one["campaign_id"] == campaign["campaign_id"]]
        return Effects(share["answers"], share["reports"])

    def _shares(self, school: str) -> list[Json]:
        shares: list[Json] = self.reader.get(f"/api/v1/inspections/{self._inspections[school]}")[
            "shares"
        ]
        return shares

    def _figures(self, campaign: Json) -> int:
        """Return how many answers of one campaign reports tells."""
        figures = self.reader.get(f"/api/v1/schools/{campaign['school']}/figures")
        told = [period[campaign["form"]] for period in figures["periods"]]
        [found] = [one for one in told if one and one["campaign_id"] == campaign["campaign_id"]]
        return int(found["responses"])

    def _find_inspections(self, campaigns: int) -> bool:
        listed = self.reader.get("/api/v1/inspections")["items"]
        self._inspections = {one["school"]: one["inspection_id"] for one in listed}
        return self.reached(Effects(campaigns, campaigns))


def open_campaigns(system: System, schools: int) -> list[Json]:
    """Register schools, move into their field time, return their open campaigns."""
    system.move_clock(BEFORE)
    with system.operator() as operator:
        operator.post("/units", {"code": UNIT, "title": UNIT, "kind": "authority"})
        register(operator, range(schools))
        wait_for(operator, "planned", 2 * schools)
        system.move_clock(IN_FIELD_TIME)
        return wait_for(operator, "open", 2 * schools)


def register(operator: Api, numbers: range) -> None:
    """Register invented schools."""
    place: Json = {"opened_on": "2015-09-05", "parents": {"administrative": UNIT}}
    for number in numbers:
        code = f"thi-du-{number}"
        title = f"Trường thí dụ {number}"
        operator.post("/schools", {"code": code, "title": title, "level": "kindergarten"} | place)


def wait_for(operator: Api, state: str, expected: int) -> list[Json]:
    """Wait until so many campaigns of the quarter are in a state, and return them."""

    def listed() -> list[Json]:
        try:
            found = operator.items("/campaigns", period=PERIOD, state=state)
        except RefusedError as refused:
            if refused.status != httpx.codes.SERVICE_UNAVAILABLE:
                raise
            return []  # the services are still busy with the new schools
        return found if len(found) == expected else []

    return eventually(listed, timeout=120, message=f"{expected} campaigns are {state}")


def forms_of(system: System, campaigns: list[Json]) -> dict[str, Any]:
    """Return path to post to → form, for every campaign."""
    known: dict[str, Any] = {}
    forms: dict[str, Any] = {}
    with Api(system.url) as anybody:
        for campaign in campaigns:
            kind, slug = campaign["form"], campaign["slug"]
            if kind not in known:
                known[kind] = anybody.get(f"/public/campaigns/{slug}")["form"]
            forms[path_of(campaign)] = known[kind]
    return forms


def path_of(campaign: Json) -> str:
    """Return where answers to a campaign are posted."""
    return f"/api/v1/public/campaigns/{campaign['slug']}/responses"


@contextmanager
def running_subject(postgres: PostgreSQL, broker: RabbitMQ, folder: Path) -> Iterator[Subject]:
    """The product on fresh databases, with open campaigns of some schools."""
    with unchecked_system(postgres, broker, folder, patience=PATIENCE) as system:
        subject = Subject(system, open_campaigns(system, SCHOOLS))
        subject.open_inspections()
        yield subject
