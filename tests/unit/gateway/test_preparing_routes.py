"""The routes of reports inside their schools: what they ask, whom they let in, what they refuse."""

import base64
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.rpc import drafts as d
from contracts.rpc import preparing as m
from contracts.rpc.base import Request, Role
from tests.unit.gateway.test_reports_routes import ID, ONE, SCHOOL, STAFF, client

HEADS = {"principal", "deputy"}
WRITERS = HEADS | {"clerk"}
READERS = WRITERS | {"operator", "district_officer", "district_viewer"}
WHY = {"reason": "Bổ sung mục II"}
SENT: dict[str, Any] = {
    "sent_at": "2024-03-18T16:00:00Z",
    "file_name": "12-BC.pdf",
    "content": base64.b64encode(b"%PDF-1.7 %%EOF").decode(),
}
AUTHORITY: dict[str, Any] = {
    "deputy": str(ID),
    "deputy_name": "Phó hiệu trưởng (mẫu)",
    "valid_from": "2024-03-01",
    "valid_to": "2024-03-31",
    "reason": "Hiệu trưởng đi tập huấn",
}
FIGURE = f"{ONE}/figures/petitions.received"
AUTHORITIES = f"/api/v1/schools/{SCHOOL}/signing-authorities"
ROUTES: list[tuple[str, str, dict[str, Any] | None, set[str], Request]] = [
    ("POST", f"{ONE}/draft", None, WRITERS, m.BeginDraft(obligation_id=ID)),
    ("POST", f"{ONE}/hand-in", None, WRITERS, m.HandInDraft(obligation_id=ID)),
    ("POST", f"{ONE}/give-back", WHY, HEADS, m.GiveBackDraft(obligation_id=ID, **WHY)),
    ("POST", f"{ONE}/approve", None, HEADS, m.ApproveDraft(obligation_id=ID)),
    ("POST", f"{ONE}/withdraw", WHY, HEADS, m.WithdrawReport(obligation_id=ID, **WHY)),
    (
        "POST",
        f"{ONE}/e-office",
        SENT,
        WRITERS,
        m.RecordSent(
            obligation_id=ID,
            **(SENT | {"sent_at": datetime(2024, 3, 18, 16, tzinfo=UTC)}),
        ),
    ),
    (
        "GET",
        f"{ONE}/signed-files/2",
        None,
        READERS,
        m.GetSignedFile(obligation_id=ID, number=2),
    ),
    ("GET", AUTHORITIES, None, WRITERS, m.ListSigningAuthorities(school=SCHOOL)),
    (
        "POST",
        AUTHORITIES,
        AUTHORITY,
        {"principal"},
        m.AuthoriseDeputy(
            school=SCHOOL,
            deputy=UUID(str(ID)),
            deputy_name=AUTHORITY["deputy_name"],
            valid_from=date(2024, 3, 1),
            valid_to=date(2024, 3, 31),
            reason=AUTHORITY["reason"],
        ),
    ),
    (
        "POST",
        f"/api/v1/signing-authorities/{ID}/end",
        None,
        {"principal"},
        m.EndSigningAuthority(authority_id=ID),
    ),
    ("GET", f"{ONE}/figures", None, WRITERS, d.GetDraft(obligation_id=ID)),
    (
        "GET",
        f"{FIGURE}/origin",
        None,
        WRITERS,
        d.GetFigureOrigin(obligation_id=ID, figure="petitions.received"),
    ),
    (
        "POST",
        FIGURE,
        {"value": 5} | WHY,
        WRITERS,
        d.CorrectFigure(obligation_id=ID, figure="petitions.received", value=5.0, **WHY),
    ),
]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_route_lets_in_its_roles_alone_and_asks(role: Role) -> None:
    caller, services = client(role)
    for method, path, body, roles, asked in ROUTES:
        services.asked.clear()
        answer = caller.request(method, path, json=body)
        if role in roles:
            assert [request for _, request in services.asked] == [asked], (method, path)
            assert answer.json()["code"] == "reports.already_submitted"
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden")
            assert services.asked == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{ONE}/give-back", {"reason": " "}),
        (f"{ONE}/withdraw", {}),
        (f"{ONE}/e-office", SENT | {"sent_at": "2024-03-18T16:00:00"}),
        (f"{ONE}/e-office", SENT | {"content": "no base64!"}),
        (f"{ONE}/e-office", SENT | {"content": "A" * (m.MOST_FILE_BYTES // 3 * 4 + 8)}),
        (AUTHORITIES, AUTHORITY | {"valid_to": "31/03/2024"}),
        (FIGURE, {"value": -1} | WHY),
        (FIGURE, {"value": 1}),
    ],
)
def test_wrong_input_stops_at_the_gateway(path: str, body: dict[str, Any]) -> None:
    caller, services = client("principal")
    answer = caller.request("POST", path, json=body)
    assert answer.status_code in {413, 422}
    assert answer.json()["code"] in {"request.invalid", "request.too_large"}
    assert services.asked == []
