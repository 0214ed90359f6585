"""Documents over REST: authorities' names go along, files come as bytes, refusals are told."""

import base64
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc import documents as m
from contracts.rpc.base import Actor, Call, Request, Role
from contracts.rpc.directory import ListUnits, Unit, Units
from contracts.rpc.sessions import Session
from gateway.app import create
from gateway.routes.documents import DOCX
from gateway.settings import Settings
from gateway.state import State
from tests.unit.gateway.test_surveys_routes import Caller

ID = "0b7c1d52-6f0f-4f4e-9d1e-6a0e3a0f7c11"
TITLES = {"ubnd-mau": "Ủy ban nhân dân Quận Mẫu"}
DRAFT = {"place": "Quận Mẫu", "issued_on": "2024-03-15", "signer": "Nguyễn Thí Dụ"}
FILE = m.DocumentFile(name="05.docx", content=base64.b64encode(b"PK\x00\xff").decode("ascii"))


class Services:
    """Stands for directory, and for a reports that answers with what a test gives."""

    def __init__(self, role: Role, answer: Model | Problem) -> None:
        self.role = role
        self.answer = answer
        self.asked: list[tuple[str, Request]] = []

    async def call(
        self, service: str, method: str, request: Request, call: Call, reply_type: type, **_: Any
    ) -> Any:
        if method == "list_units":
            self.asked.append((method, request))
            units = (Unit(code=c, title=t, kind="authority", parents={}) for c, t in TITLES.items())
            return Units(items=tuple(units))
        if service == "directory":
            actor = Actor(role=self.role, schools=("hoa-cuc-mau",))
            return Session(actor=actor, must_change_password=False)
        self.asked.append((method, request))
        if isinstance(self.answer, Problem):
            raise self.answer
        return self.answer


def client(answer: Model | Problem, role: Role) -> tuple[Caller, Services]:
    app = create(Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "/"))
    services = Services(role, answer)
    state: State = app.state.gateway
    rpc: Any = services
    object.__setattr__(state, "rpc", rpc)
    state.sessions._rpc = rpc
    return Caller(app), services


def test_the_names_of_authorities_go_along() -> None:
    caller, reports = client(Problem("reports.exempted"), "clerk")
    caller.request("POST", f"/api/v1/obligations/{ID}/documents", json=DRAFT)
    caller.request(
        "POST", f"/api/v1/documents/{ID}/number", json={"number": 5, "issued_on": "2024-03-15"}
    )
    day, known = date(2024, 3, 15), UUID(ID)
    around = ("list_units", ListUnits(on=date(2024, 3, 15)))
    assert reports.asked == [
        around,
        (
            "compose_document",
            m.ComposeDocument(
                obligation_id=known,
                place="Quận Mẫu",
                issued_on=day,
                signer="Nguyễn Thí Dụ",
                units=TITLES,
            ),
        ),
        around,
        (
            "number_document",
            m.NumberDocument(document_id=known, number=5, issued_on=day, units=TITLES),
        ),
    ]


@pytest.mark.parametrize(
    ("path", "media"),
    [
        (f"/documents/{ID}/file", DOCX),
        (f"/documents/{ID}/file?format=pdf", "application/pdf"),
        ("/document-templates/periodic/0/file", DOCX),
    ],
)
def test_a_file_comes_as_bytes_with_its_name(path: str, media: str) -> None:
    caller, _ = client(FILE, "teacher")
    answer = caller.request("GET", f"/api/v1{path}")
    assert (answer.status_code, answer.content) == (200, b"PK\x00\xff")
    assert answer.headers["content-type"] == media
    assert answer.headers["content-disposition"] == 'attachment; filename="05.docx"'


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Không nhận mẫu này: không có trường dữ liệu nào tên là “headmaster”."),
        ("en", "This template is refused: no field is called “headmaster”."),
    ],
)
def test_an_unknown_field_is_told_with_its_name(language: str, sentence: str) -> None:
    refused = Problem("reports.template_refused", why="unknown_field", field="headmaster")
    caller, _ = client(refused, "district_officer")
    answer = caller.request(
        "POST", f"/api/v1/document-templates/periodic?lang={language}", json={"content": "UEs="}
    )
    assert answer.status_code == 422
    assert answer.json()["detail"] == sentence


@pytest.mark.parametrize(("role", "status"), [("principal", 403), ("district_officer", 403)])
def test_the_clerk_alone_keeps_the_register(role: Role, status: int) -> None:
    caller, reports = client(FILE, role)
    body = {"number": 5, "issued_on": "2024-03-15"}
    answer = caller.request("POST", f"/api/v1/documents/{ID}/number", json=body)
    assert (answer.status_code, reports.asked) == (status, [])
