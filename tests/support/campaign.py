"""One school with its head and a campaign that is open today, made through the interface."""

from datetime import date, timedelta

from deploy.local.play.api import Api, Json, login
from tests.support.eventually import eventually
from tests.support.system import PASSWORD

SCHOOL = "thi-du-mot"
HEAD = "thidu.hieutruong"


def open_campaign(url: str, operator: Api) -> str:
    """Make it all as the operator of the system at `url`; returns the campaign's slug."""
    operator.post("/units", {"code": "quan", "title": "Quận thí dụ", "kind": "authority"})
    school: Json = {"code": SCHOOL, "title": "Trường Thí Dụ", "level": "primary"}
    place = {"opened_on": "2015-09-05", "parents": {"administrative": "quan"}}
    operator.post("/schools", school | place)
    account = {"username": HEAD, "display_name": "Người mẫu", "role": "principal"}
    first = operator.post("/accounts", account | {"unit": SCHOOL})["initial_password"]
    with Api(url, login(url, HEAD, first)) as head:
        head.post("/me/password", {"old": first, "new": PASSWORD})
    today = date.today()  # noqa: DTZ011 - yesterday to next week, whatever the time zone
    wanted = {
        "school": SCHOOL,
        "form": "tthc",
        "opens_on": str(today - timedelta(days=1)),
        "closes_on": str(today + timedelta(days=7)),
        "legal_basis": "Kế hoạch số 513/KH-GDĐT",
    }
    eventually(lambda: operator.items("/campaigns", school=SCHOOL), timeout=60)
    campaign = operator.post("/campaigns", wanted)

    def opened() -> bool:
        found = operator.get(f"/campaigns/{campaign['campaign_id']}")
        return bool(found["state"] == "open")

    eventually(opened, timeout=30)
    return str(campaign["slug"])
