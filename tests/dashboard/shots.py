"""The pictures of the guides that show the dashboard: where each is taken, and of what."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from playwright.sync_api import FilePayload, FloatRect, Locator, Page, expect

from contracts.problems import Problem
from contracts.rpc.batches import Batch, Batches
from contracts.rpc.comments import Comment, Comments
from tests.dashboard.browser import Site, drawn, still
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample import ROUTES, paper, results, surveys
from tests.dashboard.test_slip_line import CHILDREN, line_of

# High enough that nothing has to be scrolled: a picture may begin and end anywhere.
PAPER: Final = {"width": 1280, "height": 3600}
MARGIN: Final = 14
OPEN: Final = f"surveys?campaign={surveys.OPEN}"
OWN: Final = f"surveys?campaign={surveys.CAMPAIGNS[2].campaign_id}"
MAIN: Final = "[data-testid=stMainBlockContainer]"
FOLDED: Final = f"{MAIN} [data-testid=stExpander]"

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """A picture of the page at `address`, after `act`, as `role` sees it.

    It reaches from the element `starts` down to where `ends` begins, or to the end of the page;
    both are selectors. `routes` answer instead of the sample's. `guide` is the page that shows it.
    """

    name: str
    role: str
    address: str
    starts: str = ".kt-head"
    ends: str = ""
    act: Act = drawn
    routes: Mapping[str, Route] = field(default_factory=dict)
    guide: str = "surveys"


def heading(words: str) -> str:
    """Select the heading of a section."""
    return f'.kt-h2:has-text("{words}")'


def unfold(words: str) -> Act:
    """Open what is folded under these words."""

    def act(page: Page) -> None:
        page.get_by_text(words, exact=True).click()
        page.locator(f"{FOLDED} details[open]", has_text=words).wait_for()

    return act


def _make_codes(page: Page) -> None:
    page.get_by_role("button", name="Tạo mã và phiếu in").click()
    page.get_by_role("button", name="Tải phiếu để in và cắt (PDF)").wait_for()


def _type_slips(page: Page) -> None:
    line = page.get_by_role("textbox", name="Một dòng là một phiếu, xong thì Enter")
    for told in ("Đã lưu 1 phiếu", "Đã lưu 2 phiếu"):
        line.fill(f"{line_of(CHILDREN)} / cô giáo tận tâm")
        line.press("Enter")
        page.get_by_text(f"{told} trong đợt nhập này.").wait_for()


def _import_wrong_file(page: Page) -> None:
    page.get_by_role("tab", name="Nhập từ Excel, CSV").click()
    sheet = FilePayload(name="phieu.csv", mimeType="text/csv", buffer=b"Q23\n7\n")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_text("phieu.csv", exact=True).wait_for()
    page.get_by_role("button", name="Nhập phiếu").click()
    page.get_by_text("Dòng", exact=True).wait_for()


def _refuse_rows(asked: Asked) -> Batch:
    assert asked.body["content"] == b64encode(b"Q23\n7\n").decode()
    errors = [
        {"row": 4, "column": "Q23", "code": "wrong_value"},
        {"row": 9, "column": "LOP", "code": "unknown_class"},
        {"row": 12, "column": "Q26", "code": "too_long"},
    ]
    raise Problem("surveys.rows_invalid", count=len(errors), errors=errors)


def _batches(_: Asked) -> Batches:
    stored = {"state": "stored", "answers": 62, "total": 62}
    return Batches(items=(paper.FILE.model_copy(update=stored), paper.TYPED))


def _comments(asked: Asked) -> Comments:
    wished = [
        Comment(item="H", day=date(2024, 3, day), body=body)
        for day, body in (
            (12, "Các cô rất tận tình, giấy tờ ghi rõ ràng"),
            (11, "Niêm yết ở cổng hơi cao, khó đọc"),
            (8, "Nên có thêm ghế ở chỗ chờ"),
            (5, "Trả giấy đúng hẹn"),
            (4, "Nhân viên hòa nhã, hướng dẫn kỹ"),
        )
    ]
    told = {"items": tuple(wished), "found": len(wished), "pages": 1}
    return results.list_comments(asked).model_copy(update=told)


SHOTS: Final = (
    Shot("campaigns", "district_officer", "surveys", ends=heading("Phản ánh")),
    Shot("link", "district_officer", OPEN, ends=FOLDED),
    Shot(
        "access",
        "district_officer",
        OPEN,
        starts=FOLDED,
        ends=heading("Phiếu giấy"),
        act=unfold("Ai được trả lời, và các lớp"),
    ),
    Shot(
        "codes",
        "district_officer",
        OPEN,
        starts=heading("Phiếu dành cho"),
        ends=FOLDED,
        act=_make_codes,
        routes={"GET /campaigns/{campaign_id}/access": paper.with_codes},
    ),
    Shot(
        "typing",
        "district_officer",
        OPEN,
        starts=heading("Phiếu giấy"),
        ends='.kt-table:has-text("Đợt nhập")',
        act=_type_slips,
    ),
    Shot(
        "import",
        "district_officer",
        OPEN,
        starts=heading("Phiếu giấy"),
        ends='.kt-table:has-text("Đợt nhập")',
        act=_import_wrong_file,
        routes={"POST /campaigns/{campaign_id}/imports": _refuse_rows},
    ),
    Shot(
        "undo",
        "district_officer",
        OPEN,
        starts='.kt-table:has-text("Đợt nhập")',
        ends='[data-testid=stForm]:has-text("Số phiếu đã phát")',
        act=unfold("Hủy một đợt nhập"),
        routes={"GET /campaigns/{campaign_id}/batches": _batches},
    ),
    Shot("result", "principal", OWN, ends=heading("Theo từng nhóm")),
    Shot(
        "parts",
        "principal",
        OWN,
        starts=heading("Theo nguồn và theo lớp"),
        ends=heading("Dấu hiệu cần xem lại"),
    ),
    Shot(
        "signals",
        "principal",
        OWN,
        starts=heading("Dấu hiệu cần xem lại"),
        ends=heading("Tải về"),
    ),
    Shot(
        "comments",
        "principal",
        OWN,
        starts=heading("Phụ huynh viết"),
        ends=heading("Phiếu giấy"),
        routes={"GET /campaigns/{campaign_id}/comments": _comments},
    ),
    Shot(
        "few",
        "district_officer",
        f"surveys?campaign={surveys.TOO_FEW}",
        ends=".kt-bars th.group >> nth=1",
    ),
    Shot("league", "district_officer", "results", ends=heading("Từng nhóm")),
    Shot("forms", "district_officer", "survey_setup?part=forms"),
    Shot("rules", "district_officer", "survey_setup?part=rules"),
    Shot(
        "exemptions",
        "district_officer",
        "survey_setup?part=exemptions",
        act=unfold("Miễn cho một trường"),
    ),
    Shot("extra", "district_officer", "survey_setup?part=extra"),
    Shot("keeping", "district_officer", "survey_setup?part=keeping"),
)


def take(site: Site, shot: Shot) -> bytes:
    """Take a picture of the running dashboard, as PNG."""
    site.gateway.routes = {**ROUTES, **shot.routes}
    page = site.open(shot.address, shot.role, PAPER)
    shot.act(page)
    drawn(page)
    still(page)
    expect(page.locator("[data-testid=stSkeleton]:visible")).to_have_count(0, timeout=30_000)
    assert page.locator("[data-testid=stException]").count() == 0
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.fonts.ready")
    return page.screenshot(clip=_clip(page, shot), animations="disabled", caret="hide")


def _clip(page: Page, shot: Shot) -> FloatRect:
    main = _box(page.locator(f"{MAIN} > div").last)
    top = _box(page.locator(shot.starts).first)["y"] - MARGIN
    if shot.ends:
        bottom = _box(page.locator(shot.ends).first)["y"]
    else:
        bottom = main["y"] + main["height"] + MARGIN
    assert top < bottom <= PAPER["height"], (shot.name, top, bottom)
    left, width = main["x"] - MARGIN, main["width"] + 2 * MARGIN
    return FloatRect(x=left, y=top, width=width, height=bottom - top)


def _box(one: Locator) -> FloatRect:
    one.wait_for()
    box = one.bounding_box()
    assert box is not None
    return box
