"""Forms over REST: files as bytes, refusals as sentences, the calendar's commands as asked."""

import base64
from datetime import date
from typing import Any

import pytest

from contracts.problems import Problem
from contracts.rpc import campaign_rules as r
from contracts.rpc import forms as f
from contracts.rpc.base import Actor, Call, Request, Role
from contracts.rpc.sessions import Session
from gateway.app import create
from gateway.settings import Settings
from gateway.state import State
from tests.unit.gateway.test_surveys_routes import Caller

EXEMPTION: dict[str, Any] = {
    "school": "hoa-cuc-mau",
    "quarter": {"year": 2024, "index": 2},
    "reason": "Đang sửa chữa",
}


class Surveys:
    """Stands for directory, and for a surveys that answers with what a test gives."""

    def __init__(self, role: Role, answer: Any) -> None:
        self.role = role
        self.answer = answer
        self.asked: list[tuple[str, Request]] = []

    async def call(
        self, service: str, method: str, request: Request, call: Call, reply_type: type, **_: Any
    ) -> Any:
        if service == "directory":
            actor = Actor(role=self.role, schools=("hoa-cuc-mau",))
            return Session(actor=actor, must_change_password=False)
        self.asked.append((method, request))
        if isinstance(self.answer, Problem):
            raise self.answer
        return self.answer


def client(answer: Any, role: Role = "district_officer") -> tuple[Caller, Surveys]:
    app = create(Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "/"))
    services = Surveys(role, answer)
    state: State = app.state.gateway
    rpc: Any = services
    object.__setattr__(state, "rpc", rpc)
    state.sessions._rpc = rpc
    return Caller(app), services


@pytest.mark.parametrize(
    ("kind", "media"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("yaml", "application/yaml"),
    ],
)
def test_a_file_comes_as_bytes_with_its_name(kind: f.FileFormat, media: str) -> None:
    content = base64.b64encode(b"PK\x00\xff").decode("ascii")
    caller, surveys = client(f.FormFile(name=f"care-v1.{kind}", content=content), "teacher")
    answer = caller.request("GET", f"/api/v1/forms/care/1/file?format={kind}")
    assert (answer.status_code, answer.content) == (200, b"PK\x00\xff")
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["content-disposition"] == f'attachment; filename="care-v1.{kind}"'
    assert surveys.asked == [("get_form_file", f.GetFormFile(kind="care", version=1, format=kind))]


@pytest.mark.parametrize(
    ("problem", "vi", "en"),
    [
        (
            Problem("surveys.form_malformed", line=12, field="A1", why="twice"),
            "Tệp phiếu chưa đúng ở dòng 12: A1 có hai lần.",
            "The form's file is wrong in line 12: A1 stands twice.",
        ),
        (
            Problem("surveys.form_file_refused", why="formula", row=3, column=5),
            "Không đọc được tệp phiếu: ô ở dòng 3, cột 5 là công thức; hãy thay bằng giá trị.",
            (
                "The form's file can't be read: "
                "the cell in row 3, column 5 is a formula; put its value there."
            ),
        ),
    ],
)
def test_a_refusal_says_its_reason_in_the_reader_s_language(
    problem: Problem, vi: str, en: str
) -> None:
    caller, _ = client(problem)
    for language, sentence in (("vi", vi), ("en", en)):
        body = {"format": "yaml", "content": "eA=="}
        answer = caller.request("POST", f"/api/v1/forms?lang={language}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, problem.code)
        assert answer.json()["detail"] == sentence
        assert answer.json()["params"]["why"] == problem.params["why"]


def test_an_exemption_is_asked_for_as_it_was_given() -> None:
    caller, surveys = client(Problem("surveys.unknown_school"))
    answer = caller.request("POST", "/api/v1/exemptions", json=EXEMPTION)
    assert answer.status_code == 404
    assert surveys.asked == [("exempt_school", r.ExemptSchool.model_validate(EXEMPTION))]


def test_a_rule_is_taken_back_by_its_day() -> None:
    caller, surveys = client(Problem("surveys.rule_in_force", valid_from="2024-09-01"))
    answer = caller.request("POST", "/api/v1/campaign-rules/2024-09-01/withdraw")
    assert (answer.status_code, answer.json()["code"]) == (409, "surveys.rule_in_force")
    wanted = r.WithdrawCampaignRule(valid_from=date(2024, 9, 1))
    assert surveys.asked == [("withdraw_campaign_rule", wanted)]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/forms/other/1", None),
        ("GET", "/api/v1/forms/care/0", None),
        ("GET", "/api/v1/forms/care/1/file?format=docx", None),
        ("POST", "/api/v1/forms", {"format": "csv", "content": "eA=="}),
        ("POST", "/api/v1/forms", {"format": "yaml", "content": "eA==", "publish": "yes"}),
        ("POST", "/api/v1/exemptions", EXEMPTION | {"quarter": None}),
        ("POST", "/api/v1/exemptions", EXEMPTION | {"starts_on": "2024-01-01"}),
        ("POST", "/api/v1/exemptions", EXEMPTION | {"reason": ""}),
        ("POST", "/api/v1/campaign-rules", {"valid_from": "2024-02-30"}),
        ("POST", "/api/v1/schools/hoa-cuc-mau/care-length", {"length": "half"}),
        (
            "POST",
            "/api/v1/campaigns/9bc1cf18-f169-5efd-890f-b9587dee2e84/days",
            {"opens_on": "2024-03-01", "closes_on": None},
        ),
    ],
)
def test_wrong_shapes_are_refused_before_surveys_is_asked(
    method: str, path: str, body: dict[str, Any] | None
) -> None:
    caller, surveys = client(Problem("service.failed"))
    answer = caller.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert surveys.asked == []


@pytest.mark.parametrize("role", ["principal", "deputy", "clerk", "teacher", "district_viewer"])
def test_the_district_alone_changes_forms_and_calendar(role: Role) -> None:
    caller, surveys = client(Problem("service.failed"), role)
    for path in (
        "/api/v1/forms",
        "/api/v1/forms/care/1/use",
        "/api/v1/campaign-rules",
        "/api/v1/campaign-rules/2024-09-01/withdraw",
        "/api/v1/schools/hoa-cuc-mau/care-length",
        "/api/v1/exemptions",
        "/api/v1/exemptions/9bc1cf18-f169-5efd-890f-b9587dee2e84/lift",
        "/api/v1/campaigns/9bc1cf18-f169-5efd-890f-b9587dee2e84/days",
    ):
        answer = caller.request("POST", path, json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden")
    assert surveys.asked == []
