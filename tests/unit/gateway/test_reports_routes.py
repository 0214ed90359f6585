"""The routes of reports: what they ask, whom they let in, what they refuse."""

from typing import Any, get_args
from uuid import UUID

import pytest

from contracts.problems import Problem
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc import oversight as x
from contracts.rpc.base import Actor, Call, Request, Role
from contracts.rpc.sessions import Session
from gateway.app import create
from gateway.settings import Settings
from tests.unit.gateway.test_surveys_routes import Caller

STAFF = {role for role in get_args(Role) if role not in {"parent", "system"}}
ABOVE = {"operator", "district_officer", "district_viewer"}
WRITERS = {"principal", "deputy", "clerk"}
ID = UUID("9bc1cf18-f169-5efd-890f-b9587dee2e84")
ONE = f"/api/v1/obligations/{ID}"
SCHOOL = "hoa-cuc-mau"
WHY = {"reason": "Thiếu biểu số 2"}
LATER: dict[str, Any] = {"due_on": "2024-03-27", "reason": "Trường sửa chữa"}
ROUTES: list[tuple[str, str, dict[str, Any] | None, set[str], Request]] = [
    ("GET", "/api/v1/kinds", None, STAFF, o.ListKinds()),
    ("GET", "/api/v1/obligations", None, STAFF, o.ListObligations()),
    ("GET", ONE, None, STAFF, o.GetObligation(obligation_id=ID)),
    ("POST", f"{ONE}/submit", None, WRITERS, o.SubmitReport(obligation_id=ID)),
    (
        "POST",
        f"{ONE}/submit",
        {"note": " Đã gửi ", "holds": [1, 3]},
        WRITERS,
        o.SubmitReport(obligation_id=ID, note="Đã gửi", holds=(1, 3)),
    ),
    ("POST", f"{ONE}/receive", None, {"district_officer"}, o.ReceiveReport(obligation_id=ID)),
    ("POST", f"{ONE}/return", WHY, {"district_officer"}, o.ReturnReport(obligation_id=ID, **WHY)),
    (
        "POST",
        f"{ONE}/exempt",
        WHY,
        {"district_officer"},
        o.ExemptObligation(obligation_id=ID, **WHY),
    ),
    (
        "POST",
        f"{ONE}/extend",
        LATER,
        {"district_officer"},
        x.ExtendObligation(obligation_id=ID, **LATER),
    ),
    (
        "GET",
        "/api/v1/report-matrix?year=2024&kind=periodic",
        None,
        ABOVE,
        x.GetMatrix(year=2024, kind="periodic"),
    ),
    ("GET", "/api/v1/report-matrix/file?period=2024", None, ABOVE, x.GetMatrix(period="2024")),
    (
        "GET",
        "/api/v1/report-summaries/periodic/2024-q1/file",
        None,
        ABOVE,
        x.GetSummaryFile(kind="periodic", period="2024-q1"),
    ),
    (
        "GET",
        "/api/v1/overview?period=2024-q1",
        None,
        ABOVE,
        f.GetOverview(period="2024-q1"),
    ),
    ("GET", f"/api/v1/schools/{SCHOOL}/figures", None, STAFF, f.GetFigures(school=SCHOOL)),
]


class Services:
    """Stands for directory, and for a reports that refuses everything with one problem."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.asked: list[tuple[str, Request]] = []

    async def call(
        self, service: str, method: str, request: Request, call: Call, reply_type: type, **_: Any
    ) -> Any:
        del call, reply_type
        if service == "directory":
            actor = Actor(role=self.role, schools=(SCHOOL,))
            return Session(actor=actor, must_change_password=False)
        self.asked.append((method, request))
        raise Problem("reports.already_submitted", submitted_on="2024-03-15")


def client(role: Role) -> tuple[Caller, Services]:
    app = create(Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "/"))
    services = Services(role)
    state: Any = app.state.gateway
    object.__setattr__(state, "rpc", services)
    state.sessions._rpc = services
    return Caller(app), services


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_route_lets_in_its_roles_alone_and_asks(role: Role) -> None:
    caller, services = client(role)
    for method, path, body, roles, asked in ROUTES:
        services.asked.clear()
        answer = caller.request(method, path, json=body)
        told = answer.json()
        if role in roles:
            assert [request for _, request in services.asked] == [asked], (method, path)
            assert (answer.status_code, told["code"]) == (409, "reports.already_submitted")
            assert told["detail"] == "Báo cáo này đã được gửi ngày 15/03/2024."
        else:
            assert (answer.status_code, told["code"]) == (403, "auth.forbidden")
            assert services.asked == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/obligations?state=late", None),
        ("GET", "/api/v1/obligations?school=Kh%C3%B4ng", None),
        ("GET", f"/api/v1/obligations?period={'x' * 21}", None),
        ("GET", "/api/v1/obligations/1", None),
        ("POST", f"{ONE}/submit", {"note": "x" * 501}),
        ("POST", f"{ONE}/submit", {"holds": [0]}),
        ("POST", f"{ONE}/return", None),
        ("POST", f"{ONE}/return", {"reason": "  "}),
        ("POST", f"{ONE}/exempt", {}),
        ("POST", f"{ONE}/extend", WHY),
        ("POST", f"{ONE}/extend", {"due_on": "27/03/2024", "reason": "x"}),
        ("GET", "/api/v1/report-matrix?year=1999", None),
        ("GET", f"/api/v1/report-matrix/file?kind={'x' * 41}", None),
        ("GET", f"/api/v1/report-summaries/{'x' * 41}/2024/file", None),
    ],
)
def test_wrong_input_stops_at_the_gateway(
    method: str, path: str, body: dict[str, Any] | None
) -> None:
    caller, services = client("district_officer" if "submit" not in path else "clerk")
    answer = caller.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert services.asked == []


def test_a_foreign_school_is_not_found() -> None:
    caller, services = client("principal")
    answer = caller.request("GET", "/api/v1/schools/con-thuyen-la/figures")
    assert (answer.status_code, answer.json()["code"]) == (404, "resource.not_found")
    assert services.asked == []
