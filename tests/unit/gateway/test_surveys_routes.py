"""The staff's routes of surveys: what they ask, whom they let in, what they refuse."""

import asyncio
from typing import Any, get_args
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from contracts.problems import Problem
from contracts.rpc import surveys as m
from contracts.rpc.base import Actor, Call, Request, Role
from contracts.rpc.sessions import Session
from gateway.app import create
from gateway.settings import Settings
from gateway.state import State

STAFF = {role for role in get_args(Role) if role not in {"parent", "system"}}
DISTRICT = {"district_officer", "district_viewer"}
HEADS = {"principal", "deputy"}
CAMPAIGN = "/api/v1/campaigns/9bc1cf18-f169-5efd-890f-b9587dee2e84"
EXTRA = {
    "school": "hoa-cuc-mau",
    "form": "care",
    "opens_on": "2024-01-10",
    "closes_on": "2024-01-20",
    "legal_basis": "Kế hoạch số 12/KH-GDĐT",
}
ROUTES: list[tuple[str, str, dict[str, object] | None, set[str]]] = [
    ("GET", "/api/v1/campaigns", None, STAFF),
    ("GET", CAMPAIGN, None, STAFF),
    ("POST", "/api/v1/campaigns", dict(EXTRA), {"district_officer", "operator"} | HEADS),
    (
        "POST",
        f"{CAMPAIGN}/handed-out",
        {"handed_out": 5},
        {"district_officer", "operator", "clerk"} | HEADS,
    ),
    ("POST", f"{CAMPAIGN}/close", {"reason": "Đủ phiếu"}, {"district_officer", "operator"}),
    ("GET", "/api/v1/demands", None, DISTRICT | HEADS | {"operator"}),
    ("GET", f"/api/v1/demands/{uuid4()}", None, DISTRICT | HEADS | {"operator"}),
]


class Services:
    """Stands for directory, and for a surveys that refuses everything with one problem."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.asked: list[tuple[str, Request, Actor]] = []

    async def call(
        self, service: str, method: str, request: Request, call: Call, reply_type: type, **_: Any
    ) -> Any:
        if service == "directory":
            actor = Actor(role=self.role, schools=("hoa-cuc-mau",))
            return Session(actor=actor, must_change_password=False)
        self.asked.append((method, request, call.actor))
        if reply_type is m.Campaigns:
            return m.Campaigns(items=())
        raise Problem("surveys.campaign_closed", closed_on="2024-03-15")


class Caller:
    """A client of the app, without a server."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def request(self, method: str, path: str, **how: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            headers = {"Authorization": "Bearer t"}
            async with httpx.AsyncClient(
                transport=transport, base_url="http://testserver", headers=headers
            ) as client:
                return await client.request(method, path, **how)

        return asyncio.run(ask())


def client(role: Role) -> tuple[Caller, Services]:
    app = create(Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "/"))
    services = Services(role)
    state: State = app.state.gateway
    rpc: Any = services
    object.__setattr__(state, "rpc", rpc)
    state.sessions._rpc = rpc
    return Caller(app), services


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_route_lets_in_its_roles_alone(role: Role) -> None:
    caller, services = client(role)
    for method, path, body, roles in ROUTES:
        before = len(services.asked)
        answer = caller.request(method, path, json=body)
        if role in roles:
            assert len(services.asked) == before + 1, (method, path)
            assert services.asked[-1][2].schools == ("hoa-cuc-mau",)
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden")
            assert len(services.asked) == before


def test_a_list_is_asked_for_as_the_query_says() -> None:
    caller, services = client("principal")
    query = {"school": "hoa-cuc-mau", "state": "open", "period": "2024-q1", "form": "tthc"}
    answer = caller.request("GET", "/api/v1/campaigns", params=query)
    assert (answer.status_code, answer.json()) == (200, {"items": []})
    assert services.asked[0][1] == m.ListCampaigns.model_validate(query)


def test_a_command_reaches_surveys_and_its_problem_the_client() -> None:
    caller, services = client("principal")
    answer = caller.request("POST", f"{CAMPAIGN}/handed-out", json={"handed_out": 62})
    assert services.asked[0][1] == m.UpdateCampaign(
        campaign_id=UUID(CAMPAIGN.rsplit("/", maxsplit=1)[1]), handed_out=62
    )
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["code"] == "surveys.campaign_closed"
    assert told["detail"] == "Đợt lấy ý kiến này đã kết thúc ngày 15/03/2024."


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/campaigns?state=half-open", None),
        ("GET", "/api/v1/campaigns?school=Kh%C3%B4ng", None),
        ("GET", "/api/v1/campaigns/1", None),
        ("POST", f"{CAMPAIGN}/handed-out", {"handed_out": 0}),
        ("POST", f"{CAMPAIGN}/handed-out", {"handed_out": 10**12}),
        ("POST", f"{CAMPAIGN}/close", {"reason": ""}),
        ("POST", "/api/v1/campaigns", {**EXTRA, "form": "other"}),
        ("POST", "/api/v1/campaigns", {**EXTRA, "closes_on": "2024-13-01"}),
    ],
)
def test_wrong_shapes_are_refused_before_surveys_is_asked(
    method: str, path: str, body: dict[str, object] | None
) -> None:
    caller, services = client("operator")
    answer = caller.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert services.asked == []
