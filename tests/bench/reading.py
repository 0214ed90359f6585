"""What the dashboard's pages ask, timed: the GETs of a district officer who looks at everything."""

import time
from dataclasses import dataclass

from deploy.local.play.api import Api, Json, login
from tests.bench.contender import Reader
from tests.bench.figures import percentile
from tests.bench.subject import PERIOD, UNIT
from tests.support.system import System

REPEATS = 20
OFFICER, CHOSEN = "can.bo.mau", "cua-rieng-can-bo-2468"
ROUTES = (
    "/me",
    "/schools",
    "/overview",
    f"/overview?period={PERIOD}",
    "/campaigns",
    "/campaigns?school={school}",
    "/campaigns/{campaign}",
    "/schools/{school}/figures",
    "/obligations?school={school}",
    "/obligations/{obligation}",
    "/report-matrix",
    "/reminders/text",
    "/reminder-mails",
    "/requests",
    "/inspections",
    "/inspections?school={school}",
    "/remedies",
    "/petitions",
    "/demands",
    "/evaluations",
    "/improvement-tasks",
    "/duty-ratio",
    "/checklist",
    "/accounts",
)


@dataclass(frozen=True)
class Asked:
    """One route: ms until the whole answer was there, and how large it is."""

    route: str
    p50: float
    p95: float
    kib: float


def ask_all(system: System) -> list[Asked]:
    """Ask every route some times, one call at a time."""
    token = officer(system)
    with Api(system.url, token) as api:
        campaign: Json = api.items("/campaigns", period=PERIOD)[0]
        obligation: Json = api.items("/obligations")[0]
    names = {
        "school": campaign["school"],
        "campaign": campaign["campaign_id"],
        "obligation": obligation["obligation_id"],
    }
    reader = Reader(system.url, token)
    return [_ask(reader, route, f"/api/v1{route.format(**names)}") for route in ROUTES]


def officer(system: System) -> str:
    """Make the account of a district officer, and return the token of their session."""
    with system.operator() as operator:
        account = {"username": OFFICER, "display_name": "Cán bộ (thí dụ)"}
        made = operator.post("/accounts", account | {"role": "district_officer", "unit": UNIT})
    first = made["initial_password"]
    with Api(system.url, login(system.url, OFFICER, first)) as newcomer:
        newcomer.post("/me/password", {"old": first, "new": CHOSEN})
    return login(system.url, OFFICER, CHOSEN)


def _ask(reader: Reader, route: str, path: str) -> Asked:
    took = []
    size = 0
    for _ in range(REPEATS):
        began = time.perf_counter()
        size = reader.size(path)
        took.append(1000 * (time.perf_counter() - began))
    return Asked(route, percentile(took, 50), percentile(took, 95), size / 1024)
