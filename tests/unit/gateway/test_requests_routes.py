"""The routes of requests, collections and the calendar: what they ask, what they refuse."""

from typing import Any
from uuid import UUID

import pytest

from contracts.rpc import requests as r
from contracts.rpc import workdays as w
from contracts.rpc.base import Request, Role
from tests.unit.gateway.test_reports_routes import ID, SCHOOL, client

ONE = f"/api/v1/requests/{ID}"
INSIDE = f"/api/v1/collections/{ID}"
ASKING: dict[str, Any] = {
    "title": "Sĩ số",
    "legal_basis": "Công văn số 12 (mẫu)",
    "due_on": "2024-03-18",
    "fields": [{"code": "c1", "label": "Sĩ số", "kind": "number"}],
}
TO_SCHOOLS = ASKING | {"schools": [SCHOOL]}
TO_TEAMS = ASKING | {"school": SCHOOL, "teams": ["Tổ Lá"]}
SAID: dict[str, Any] = {"school": SCHOOL, "values": {"c1": 7}}
ANSWERED: dict[str, Any] = {"request_id": UUID(str(ID)), **SAID}
WHY = {"reason": "Đã đủ"}
ROUTES: list[tuple[Role, str, str, dict[str, Any] | None, Request]] = [
    ("teacher", "GET", "/api/v1/requests", None, r.ListRequests()),
    ("teacher", "GET", "/api/v1/collections", None, r.ListRequests(inside=True)),
    ("district_officer", "POST", "/api/v1/requests", TO_SCHOOLS, r.MakeRequest(**TO_SCHOOLS)),
    ("principal", "POST", "/api/v1/collections", TO_TEAMS, r.MakeCollection(**TO_TEAMS)),
    ("clerk", "POST", f"{ONE}/answer", SAID, r.AnswerRequest(**ANSWERED)),
    (
        "unit_head",
        "POST",
        f"{INSIDE}/answer",
        SAID | {"team": "Tổ Lá"},
        r.AnswerRequest(**ANSWERED, team="Tổ Lá"),
    ),
    ("district_officer", "POST", f"{ONE}/close", WHY, r.CloseRequest(request_id=ID, **WHY)),
    (
        "deputy",
        "POST",
        f"{INSIDE}/close",
        WHY,
        r.CloseRequest(request_id=ID, inside=True, **WHY),
    ),
    ("district_viewer", "GET", f"{ONE}/file?format=docx", None, r.GetRequest(request_id=ID)),
    ("district_viewer", "GET", f"{ONE}/reminder", None, r.GetRequest(request_id=ID)),
    ("union", "GET", f"{INSIDE}/file", None, r.GetRequest(request_id=ID, inside=True)),
    (
        "teacher",
        "GET",
        "/api/v1/workdays/add?after=2024-03-15&working_days=3",
        None,
        w.AddWorkingDays.model_validate({"after": "2024-03-15", "working_days": 3}),
    ),
    (
        "teacher",
        "GET",
        "/api/v1/workdays/count?after=2024-03-15&until=2024-03-20",
        None,
        w.CountWorkingDays.model_validate({"after": "2024-03-15", "until": "2024-03-20"}),
    ),
    (
        "union",
        "GET",
        "/api/v1/workdays/window?period=2024-q1",
        None,
        w.GetWindow(period="2024-q1"),
    ),
    (
        "operator",
        "GET",
        "/api/v1/workdays/deadline?kind=annual&period=2024",
        None,
        w.GetKindDeadline(kind="annual", period="2024"),
    ),
]


@pytest.mark.parametrize(("role", "method", "path", "body", "asked"), ROUTES)
def test_a_route_asks_for_what_it_was_asked(
    role: Role, method: str, path: str, body: dict[str, Any] | None, asked: Request
) -> None:
    caller, services = client(role)
    caller.request(method, path, json=body)
    assert [request for _, request in services.asked] == [asked]


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("principal", "POST", "/api/v1/requests"),
        ("teacher", "POST", f"{ONE}/answer"),
        ("district_officer", "GET", "/api/v1/collections"),
        ("operator", "GET", INSIDE),
        ("clerk", "POST", "/api/v1/collections"),
        ("clerk", "GET", f"{ONE}/reminder"),
    ],
)
def test_who_may_not_is_refused(role: Role, method: str, path: str) -> None:
    caller, services = client(role)
    answer = caller.request(method, path, json={} if method == "POST" else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden")
    assert services.asked == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/requests", TO_SCHOOLS | {"schools": []}),
        ("POST", "/api/v1/requests", TO_SCHOOLS | {"fields": []}),
        ("POST", "/api/v1/requests", TO_SCHOOLS | {"due_on": "hôm nay"}),
        ("POST", f"{ONE}/close", {"reason": " "}),
        ("GET", f"{ONE}/file?format=pdf", None),
        ("GET", "/api/v1/workdays/add?after=2024-03-15&working_days=0", None),
        ("GET", "/api/v1/workdays/add?after=2024-03-15&working_days=251", None),
        ("GET", "/api/v1/workdays/count?after=2024-03-15", None),
        ("GET", "/api/v1/workdays/count?after=1999-12-31&until=2000-01-02", None),
    ],
)
def test_wrong_input_stops_at_the_gateway(
    method: str, path: str, body: dict[str, Any] | None
) -> None:
    caller, services = client("district_officer")
    answer = caller.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert services.asked == []
