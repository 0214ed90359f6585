"""Results over HTTP: who may read them, as files, and as pages for everybody."""

from collections import Counter
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI

from contracts.problems import Problem
from contracts.rpc import results as m
from contracts.rpc.base import Actor, Call, Request, Role
from contracts.rpc.comments import (
    MOST_ON_A_PAGE,
    Comment,
    CommentedItem,
    Comments,
    ListComments,
)
from contracts.rpc.public_results import PublicResults, SchoolResults
from contracts.rpc.sessions import Session
from contracts.rpc.surveys import CampaignDetail
from gateway.app import create
from gateway.exports import rows
from gateway.settings import Settings
from gateway.state import State
from gateway.words import percentage
from tests.component.gateway.test_pages import Balanced
from tests.support.results import ID, LEAGUE, OPEN, PUBLIC, ROWS, TOLD
from tests.support.surveys import CARE
from tests.unit.gateway.test_spreadsheets import read
from tests.unit.gateway.test_surveys_routes import Caller

CAMPAIGN = f"/api/v1/campaigns/{ID}"
ASKED = tuple(
    CommentedItem(code=item.code, words=item.words, number=None)
    for _, item in CARE.placed_items()
    if item.kind == "text"
)
DISTRICT = {"district_officer", "district_viewer", "operator"}
HEADS = {"principal", "deputy"}
STAFF = {role for role in get_args(Role) if role not in {"parent", "system"}}
ROUTES: list[tuple[str, set[str]]] = [
    ("/api/v1/results", DISTRICT),
    ("/api/v1/results/file", DISTRICT),
    (f"{CAMPAIGN}/results", STAFF),
    (f"{CAMPAIGN}/results/file", STAFF),
    (f"{CAMPAIGN}/signals", DISTRICT | HEADS),
    (f"{CAMPAIGN}/rows/file", DISTRICT | HEADS),
    (f"{CAMPAIGN}/comments", HEADS),
    (f"{CAMPAIGN}/comments/file", HEADS),
]


class Services:
    """Stands for directory and surveys."""

    def __init__(self) -> None:
        self.role: Role = "principal"
        self.told = TOLD
        self.public: PublicResults = PUBLIC
        self.written: tuple[tuple[Comment, ...], ...] = ()
        self.asked: list[Request] = []

    def comments(self, request: Request) -> Comments:
        """Two pages: what the first question got on the one, the last on the other."""
        if not isinstance(request, ListComments) or not self.written:
            return Comments(asked=ASKED, items=(), found=0, pages=0)
        items = self.written[request.page - 1]
        return Comments(asked=ASKED, items=items, found=3, pages=len(self.written))

    async def call(
        self, service: str, method: str, request: Request, call: Call, reply_type: type, **_: Any
    ) -> Any:
        if service == "directory":
            actor = Actor(role=self.role, schools=("hoa-cuc-mau",))
            return Session(actor=actor, must_change_password=False)
        self.asked.append(request)
        if method == "get_school_results":
            if request.school != "hoa-cuc-mau":  # type: ignore[attr-defined]
                raise Problem("resource.not_found")
            return SchoolResults(
                school="hoa-cuc-mau", school_title=PUBLIC.school_title, items=(self.public,)
            )
        return {
            "get_results": self.told,
            "get_league": LEAGUE,
            "get_rows": ROWS,
            "get_signals": m.Signals(items=()),
            "get_campaign": CampaignDetail(**dict(TOLD.campaign), results=None),
            "list_comments": self.comments(request),
            "get_public_results": self.public,
        }[method]


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture
def caller(services: Services) -> Caller:
    settings = Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "http://x")
    app: FastAPI = create(settings)
    state: State = app.state.gateway
    rpc: Any = services
    object.__setattr__(state, "rpc", rpc)
    state.sessions._rpc = rpc
    return Caller(app)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_role_reads_what_is_its_own(services: Services, caller: Caller, role: Role) -> None:
    services.role = role
    for path, roles in ROUTES:
        answered = caller.request("GET", path)
        assert answered.status_code == (200 if role in roles else 403), path


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_results_file_holds_what_is_shown(caller: Caller, kind: Any) -> None:
    answered = caller.request("GET", f"{CAMPAIGN}/results/file?format={kind}")
    name = f'attachment; filename="ket-qua-hoa-cuc-mau-care-2024-q1.{kind}"'
    assert answered.headers["content-disposition"] == name
    head, *lines = read(answered.content, kind)
    assert head[:4] == ["Phạm vi", "Phần", "Loại", "Mã"]
    table = [dict(zip(head, line, strict=True)) for line in lines]
    (overall,) = [one for one in table if (one["Phạm vi"], one["Mã"]) == ("Toàn đợt", "Q23")]
    assert [str(overall[f"Mức {level}"]) for level in range(1, 6)] == ["5", "0", "0", "25", "110"]
    assert float(str(overall["Tỉ lệ hài lòng (%)"])) == pytest.approx(100 * 135 / 140)
    (hidden,) = [one for one in table if one["Mã"] == "Q2"]
    assert hidden["Phiếu hợp lệ"] == "dưới 5 phiếu"
    assert not hidden["Tỉ lệ hài lòng (%)"]
    parts = {(one["Phạm vi"], one["Phần"]) for one in table}
    assert ("Theo lớp", "'=lá 1") in parts, "a class is called as somebody typed it"
    assert ("Theo nguồn", "Phiếu giấy nhập lại") in parts


def test_a_file_of_an_open_campaign_tells_the_number_of_answers_alone(
    services: Services, caller: Caller
) -> None:
    services.told = OPEN
    answered = caller.request("GET", f"{CAMPAIGN}/results/file?format=csv")
    assert len(read(answered.content, "csv")) == 1


def test_rows_are_whole_or_shuffled() -> None:
    _, table = rows.tables("vi", ROWS, lambda answers: answers.reverse())
    told = list(table.rows)
    assert len(told) == 17
    assert Counter(one[0] for one in told) == {"nguyên phiếu": 11, "đã xáo": 6}
    assert Counter(one[1] for one in told) == {5: 11, 4: 3, 1: 1, "": 2}
    assert Counter(one[2] for one in told) == {70: 8, "": 9}
    assert [one[1] for one in told[11:]] == [4, 4, 4, 1, "", ""], "as they were shuffled"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("path", ["/api/v1/results/file", f"{CAMPAIGN}/rows/file"])
def test_other_files_open_too(services: Services, caller: Caller, path: str, kind: Any) -> None:
    services.role = "operator"
    answered = caller.request("GET", f"{path}?format={kind}&lang=en")
    assert answered.status_code == 200
    assert len(read(answered.content, kind)) == {"results": 4, "rows": 18}[path.split("/")[-2]]
    assert caller.request("GET", f"{path}?format=pdf").status_code == 422


def test_comments_are_searched_by_what_is_typed(services: Services, caller: Caller) -> None:
    query = urlencode({"search": "hoà  nhã", "page": 3, "item": "Q26"})
    assert caller.request("GET", f"{CAMPAIGN}/comments?{query}").status_code == 200
    wanted = ListComments(campaign_id=ID, search="hoà  nhã", page=3, item="Q26")
    assert services.asked == [wanted]
    for wrong in ("page=0", "search=" + "x" * 900, "item=" + "x" * 17):
        assert caller.request("GET", f"{CAMPAIGN}/comments?{wrong}").status_code == 422


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_holds_every_page_of_what_parents_wrote(
    services: Services, caller: Caller, kind: Any
) -> None:
    day = date(2024, 3, 5)
    services.written = (
        (
            Comment(item="Q26", day=day, body="Đường vào trường tối"),
            Comment(item="Q25", day=day, body='=HYPERLINK("http://x")'),
        ),
        (Comment(item="Q26", day=date(2024, 3, 4), body="Cần thêm\ncây xanh; ghế, “bàn”"),),
    )
    answered = caller.request("GET", f"{CAMPAIGN}/comments/file?format={kind}")
    name = f'attachment; filename="y-kien-hoa-cuc-mau-care-2024-q1.{kind}"'
    assert answered.headers["content-disposition"] == name
    assert answered.headers["cache-control"] == "no-store"
    head, *lines = read(answered.content, kind)
    assert head == ["Mã", "Câu hỏi", "Ngày", "Ý kiến"]
    assert [(one[0], one[2], one[3]) for one in lines] == [
        ("Q25", "05/03/2024", '\'=HYPERLINK("http://x")'),
        ("Q26", "05/03/2024", "Đường vào trường tối"),
        ("Q26", "04/03/2024", "Cần thêm\ncây xanh; ghế, “bàn”"),
    ]
    sizes = {one.size for one in services.asked if isinstance(one, ListComments)}
    assert sizes == {MOST_ON_A_PAGE}, "thousands are few questions"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", [f"/k/{PUBLIC.slug}/results", "/schools/hoa-cuc-mau/results"])
def test_everybody_reads_results(caller: Caller, path: str, language: str) -> None:
    answered = page(caller, path, language)
    assert ("96,4\u00a0%" if language == "vi" else "96.4%") in answered.text
    assert "Trường &lt;Hoa Cúc&gt;" in answered.text
    assert "<script" not in answered.text
    assert "set-cookie" not in answered.headers
    assert "public" in answered.headers["cache-control"]
    assert len(answered.content) < 30_000
    Balanced().feed(answered.text)


def page(caller: Caller, path: str, language: str = "vi") -> httpx.Response:
    answered = caller.request("GET", f"{path}?lang={language}", headers={"Accept": "text/html"})
    assert answered.status_code == 200, answered.text
    return answered


def test_the_page_keeps_back_what_is_hidden(services: Services, caller: Caller) -> None:
    text = page(caller, f"/k/{PUBLIC.slug}/results").text
    assert "Dưới 5 phiếu, giữ kín" in text
    assert "Đạt chỉ tiêu" in text
    assert "Số phiếu còn ít, chưa đủ cơ sở kết luận" in text
    services.public = PUBLIC.model_copy(update={"standing": None, "results": None})
    assert "Chưa có kết quả" in page(caller, f"/k/{PUBLIC.slug}/results").text


def test_unknown_addresses_are_not_found(caller: Caller) -> None:
    for path in ("/k/x/results", "/schools/khong-co/results", f"/schools/{'x' * 300}/results"):
        answered = caller.request("GET", path, headers={"Accept": "text/html"})
        assert answered.status_code == 404, path


def test_a_percentage_never_reads_as_the_target_that_it_misses() -> None:
    assert percentage("vi", 94.96, 95) == "94,96\u00a0%"
    assert percentage("en", 94.999, 95) == "94.99%"
    assert percentage("vi", 95.04, 95) == "95,0\u00a0%"
    assert percentage("vi", 95) == "95\u00a0%"
    assert percentage("en", None) == "–"
