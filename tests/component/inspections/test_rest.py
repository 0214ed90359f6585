"""What the dashboard and the player of the main job do, through the real gateway.

One system for all: a start takes longer than the tests.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.component.gateway.processes import stub
from tests.component.inspections.conftest import Inspections, with_a_school
from tests.support.databases import lent
from tests.support.eventually import eventually
from tests.support.inspections import campaign_closed, demand
from tests.support.process import running
from tests.support.schools import SCHOOL

HEAD, OFFICER, TEACHER = (
    {"Authorization": f"Bearer {role}@{SCHOOL}"}
    for role in ("principal", "district_officer", "teacher")
)


@pytest.fixture(scope="module")
def inspections(
    postgres: PostgreSQL, broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Inspections]:
    folder = tmp_path_factory.mktemp("inspections")
    with (
        lent("inspections", postgres) as database,
        with_a_school(broker.create_vhost(), database, folder) as process,
    ):
        yield process


@pytest.fixture(scope="module")
def rest(
    inspections: Inspections, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """The gateway in front of inspections; the others are stubs (roles stand in the tokens)."""
    url = inspections.amqp_url
    environ = {"AMQP_URL": url, "KIPTHOI_DASHBOARD_URL": "http://127.0.0.1:1/"}
    with (
        stub(url, "directory", "surveys", "reports"),
        running("gateway", environ, tmp_path_factory.mktemp("gateway") / "log") as process,
        httpx.Client(base_url=f"{process.url}/api/v1", timeout=30, trust_env=False) as client,
    ):
        yield client


def ok(response: httpx.Response) -> Any:
    assert response.is_success, response.text
    return response.json()


def test_the_way_of_a_demand(inspections: Inspections, rest: httpx.Client) -> None:
    at = inspections.move_clock(2024, 3, 4)
    envelope = inspections.surveys.tell(demand(), at=at)

    def items(path: str, who: dict[str, str] = OFFICER, **query: str) -> Any:
        return ok(rest.get(path, params=query, headers=who))["items"]

    (one,) = eventually(lambda: items("/inspections", school=SCHOOL), message="the proposal")
    (why,) = [e for e in items("/evaluations", school=SCHOOL) if e["rule"] == one["rule"]]
    assert (why["fired"], why["event_type"]) == (True, "surveys.improper_demand_reported")
    here = f"/inspections/{one['inspection_id']}"
    early = rest.post(f"{here}/order", json={}, headers=OFFICER)
    assert (early.status_code, early.json()["code"]) == (409, "inspections.head_decides")
    assert "05/03/2024" in early.json()["detail"]
    ok(rest.post(f"{here}/order", json={"decision_number": "05/QĐ"}, headers=HEAD))
    again = rest.post(f"{here}/dismiss", json={"reason": "Trùng"}, headers=HEAD)
    assert (again.status_code, again.json()["code"]) == (409, "inspections.wrong_state")
    results = [{"item": i["code"], "met": i["code"] != "K10"} for i in items("/checklist", TEACHER)]
    done = ok(rest.post(f"{here}/complete", json={"results": results}, headers=HEAD))
    (finding,) = done["findings"]
    remedy = ok(
        rest.post(
            f"/findings/{finding['finding_id']}/remedies",
            json={"kind": "refund", "description": "Hoàn trả"},
            headers=HEAD,
        )
    )
    closed = ok(
        rest.post(
            f"/remedies/{remedy['remedy_id']}/close", json={"evidence": "Biên bản"}, headers=HEAD
        )
    )
    assert closed["state"] == "closed"
    (listed,) = items("/remedies", HEAD, school=SCHOOL)
    assert listed["remedy_id"] == remedy["remedy_id"]
    assert [step["step"] for step in ok(rest.get(here, headers=HEAD))["history"]] == [
        "proposed",
        "ordered",
        "completed",
    ]
    chain = ok(rest.get(f"/traces/{envelope.correlationid}", headers=OFFICER))["events"]
    ours = [event["type"] for event in chain if event["source"] == "/kipthoi/inspections"]
    assert (ours[0], ours[-1]) == ("inspections.inspection_proposed", "inspections.remedy_closed")
    assert rest.get("/inspections", headers=TEACHER).json()["code"] == "auth.forbidden"


def test_rules_and_tasks(inspections: Inspections, rest: httpx.Client) -> None:
    at = inspections.move_clock(2024, 3, 15)
    rules = ok(rest.get("/trigger-rules", headers=OFFICER))["items"]
    assert [rule["code"] for rule in rules] == [
        "below-target",
        "improper-demand",
        "petition-about-procedures",
    ]
    changed = rest.put("/trigger-rules/below-target", json={"working_days": 30}, headers=OFFICER)
    assert ok(changed)["version"] == 2
    inspections.surveys.tell(campaign_closed(), at=at)

    def tasks() -> Any:
        return ok(rest.get("/improvement-tasks", headers=TEACHER))["items"]

    (task,) = eventually(tasks, message="the task")
    address = f"/improvement-tasks/{task['task_id']}/close"
    closed = ok(rest.post(address, json={"evidence": "Kế hoạch cải tiến"}, headers=HEAD))
    assert (closed["state"], closed["working_days_left"]) == ("closed", None)


def test_a_petition_from_anybody(inspections: Inspections, rest: httpx.Client) -> None:
    inspections.move_clock(2024, 3, 15)
    body = {
        "submission_id": str(uuid4()),
        "school": SCHOOL,
        "text": "Cổng trường nên mở sớm hơn (thí dụ)",
    }
    receipt = ok(rest.post("/public/petitions", json=body))
    assert ok(rest.post("/public/petitions", json=body)) == receipt
    (one,) = ok(rest.get("/petitions", headers=HEAD))["items"]
    address = f"/petitions/{one['petition_id']}/answer"
    ok(rest.post(address, json={"text": "Từ 01/4 mở lúc 6 giờ 45"}, headers=HEAD))
    shown = ok(rest.get(f"/public/petitions/{receipt['receipt']}"))
    assert (shown["state"], shown["answer"]) == ("answered", "Từ 01/4 mở lúc 6 giờ 45")
    unknown = rest.get("/public/petitions/NOSUCHCODE")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "inspections.unknown_receipt")
