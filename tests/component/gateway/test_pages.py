import re
from collections.abc import Iterator
from html.parser import HTMLParser
from uuid import uuid4

import httpx
import pytest

from deploy.local.play.form_page import read_form
from deploy.local.play.parents import read_receipt

pytestmark = pytest.mark.xdist_group("gateway")

OPEN = "open000000000000"
CARE = "care000000000000"
CODES = "codes00000000000"
LIGHT = 30_000


@pytest.fixture
def browser(gateway: str) -> Iterator[httpx.Client]:
    headers = {"Accept": "text/html", "Origin": gateway}
    with httpx.Client(base_url=gateway, headers=headers, timeout=30, trust_env=False) as opened:
        yield opened


def questions(browser: httpx.Client, slug: str = OPEN, answer: str = "yes") -> dict[str, str]:
    page = browser.get(f"/k/{slug}/questions", params={"P": answer})
    assert page.status_code == 200
    return read_form(page.text).hidden


def send(browser: httpx.Client, fields: dict[str, str], slug: str = OPEN) -> httpx.Response:
    return browser.post(f"/k/{slug}", data=fields)


def test_a_parent_goes_from_the_filter_to_the_receipt(browser: httpx.Client) -> None:
    begin = read_form(browser.get(f"/k/{OPEN}").text)
    assert (begin.method, begin.choices) == ("get", {"P": ["yes", "no"]})
    page = read_form(browser.get(begin.action, params=begin.hidden | {"P": "yes"}).text)
    assert page.hidden["P"] == "yes"
    assert page.choices["A4"][-2:] == ["no_opinion", "not_applicable"]
    thanks = browser.post(page.action, data=page.hidden | {"A1": "5", "F": "4"})
    assert thanks.status_code == 200
    assert read_receipt(thanks.text)
    assert not thanks.cookies


def test_after_the_filter_no_only_what_concerns_everybody_is_asked(browser: httpx.Client) -> None:
    page = read_form(browser.get(f"/k/{OPEN}/questions?P=no").text)
    assert set(page.choices) == {"G", "demand-kind"}
    assert read_receipt(send(browser, page.hidden | {"G": "no"}).text)


def test_without_the_filter_s_answer_it_is_asked_again(browser: httpx.Client) -> None:
    page = browser.get(f"/k/{OPEN}/questions")
    assert page.status_code == 422
    assert read_form(page.text).choices == {"P": ["yes", "no"]}


def test_the_same_page_sent_twice_counts_once(browser: httpx.Client) -> None:
    fields = questions(browser) | {"F": "5"}
    first, second = send(browser, fields), send(browser, fields)
    assert read_receipt(first.text) == read_receipt(second.text) != ""


def test_other_answers_under_a_used_id_get_a_fresh_one_and_stay(browser: httpx.Client) -> None:
    fields = questions(browser) | {"F": "5"}
    send(browser, fields)
    page = send(browser, fields | {"F": "2", "H": "sửa <giờ> làm việc"})
    assert page.status_code == 409
    again = read_form(page.text)
    assert again.hidden["submission_id"] != fields["submission_id"]
    assert checked(page.text) == {"F": "2"}
    assert "sửa &lt;giờ&gt; làm việc" in page.text
    assert read_receipt(send(browser, fields | again.hidden | {"F": "2"}).text)


def test_errors_stand_beside_their_question_with_all_answers_kept(browser: httpx.Client) -> None:
    fields = questions(browser) | {"A1": "9", "F": "5", "C3": "no", "H": "x" * 2500}
    page = send(browser, fields)
    assert page.status_code == 422
    assert re.findall(r'class="error" id="e-(\w+)"', page.text) == ["A1", "H"]
    assert re.findall(r'aria-describedby="e-(\w+)"', page.text) == ["A1", "H"]
    assert checked(page.text) == {"F": "5", "C3": "no"}
    assert "x" * 2500 in page.text
    assert read_form(page.text).hidden["submission_id"] == fields["submission_id"]


def test_an_improper_demand_travels_with_its_details(browser: httpx.Client) -> None:
    details = {
        "G": "yes",
        "demand-kind": "fee",
        "demand-what": "Thu quỹ lớp\r\nkhông biên lai",
        "demand-when": "tháng 2",
        "demand-head": "yes",
    }
    fields = questions(browser) | details
    assert read_receipt(send(browser, fields).text)
    assert send(browser, fields | {"demand-head": "no"}).status_code == 200
    changed = {k: v for k, v in fields.items() if k != "demand-head"}
    page = send(browser, changed)
    assert page.status_code == 409, "whether it concerns the head is part of the body"
    assert "Thu quỹ lớp\nkhông biên lai" in page.text
    assert checked(page.text) == {"G": "yes", "demand-kind": "fee"}


def test_what_is_written_about_a_demand_may_be_too_long(browser: httpx.Client) -> None:
    page = send(browser, questions(browser) | {"G": "yes", "demand-what": "x" * 2001})
    assert page.status_code == 422
    assert re.findall(r'class="error" id="e-(\w+)"', page.text) == ["G"]


@pytest.mark.parametrize("submission_id", ["", "no-id", "6fa459ea-ee8a-11e9-81b4-2a2ae2dbcce4"])
def test_a_page_without_a_usable_id_gets_one(browser: httpx.Client, submission_id: str) -> None:
    page = send(browser, {"submission_id": submission_id, "P": "yes", "F": "3"})
    assert page.status_code == 422
    fields = read_form(page.text).hidden
    assert read_receipt(send(browser, fields | {"F": "3"}).text)


def test_an_uncertain_answer_comes_back_as_one_button(browser: httpx.Client) -> None:
    fields = questions(browser) | {"F": "5", "H": 'viết "dở" dang'}
    page = send(browser, fields, "broken0000000000")
    assert page.status_code == 503
    assert "Chưa chắc đã nhận, xin bấm gửi lại" in page.text
    assert hidden(page.text) == fields


@pytest.mark.parametrize(
    ("slug", "status", "words"),
    [
        ("closed0000000000", 200, "đã kết thúc ngày 14/03/2024"),
        ("planned000000000", 200, "mở từ ngày 01/03/2024"),
        ("unknown000000000", 404, "Không tìm thấy"),
        ("x", 404, "Không tìm thấy"),
    ],
)
def test_campaigns_that_take_no_answers(
    browser: httpx.Client, slug: str, status: int, words: str
) -> None:
    for path in (f"/k/{slug}", f"/k/{slug}/questions?P=yes"):
        page = browser.get(path)
        assert page.status_code == status
        assert words in page.text


def test_a_campaign_that_closes_while_a_parent_writes(browser: httpx.Client) -> None:
    fields = {"submission_id": str(uuid4()), "P": "yes", "F": "5"}
    page = send(browser, fields, "late000000000000")
    assert page.status_code == 409
    assert "text/html" in page.headers["content-type"]


def test_english_is_one_link_away(browser: httpx.Client) -> None:
    page = browser.get(f"/k/{OPEN}/questions?P=yes")
    assert 'lang="vi"' in page.text
    link = re.search(r'class="lang" href="([^"]+)"', page.text)
    assert link is not None
    english = browser.get(f"/k/{OPEN}/questions" + link[1].replace("&amp;", "&"))
    assert 'html lang="en"' in english.text
    assert "Very satisfied" in english.text
    assert read_form(english.text).hidden["P"] == "yes"
    by_browser = browser.get(f"/k/{OPEN}", headers={"Accept-Language": "en-GB,vi;q=0.5"})
    assert 'html lang="en"' in by_browser.text


@pytest.mark.parametrize(
    "path", ["/", f"/k/{OPEN}", f"/k/{OPEN}/questions?P=yes", f"/k/{CARE}", "/login", "/logout"]
)
def test_pages_are_light_and_need_nothing(browser: httpx.Client, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 200
    assert len(page.content) < LIGHT
    assert "<script" not in page.text
    assert "set-cookie" not in page.headers
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.text)
    Balanced().feed(page.text)


def checked(html: str) -> dict[str, str]:
    """Return the radio buttons that are on."""
    found = re.findall(r'type="radio"[^>]*name="([^"]+)" value="([^"]+)" checked', html)
    return dict(found)


def hidden(html: str) -> dict[str, str]:
    reader = Hidden()
    reader.feed(html)
    return reader.fields


class Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"] or ""] = given["value"] or ""


class Balanced(HTMLParser):
    """Fails on tags that don't match."""

    VOID = frozenset({"meta", "input", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_class_of_a_link_travels_to_the_answer_and_to_the_next_child(
    browser: httpx.Client,
) -> None:
    begin = read_form(browser.get(f"/k/{OPEN}?lop-hoc=L%C3%A1%202").text)
    assert begin.hidden["lop-hoc"] == "Lá 2"
    page = read_form(browser.get(begin.action, params=begin.hidden | {"P": "no"}).text)
    assert page.hidden["lop-hoc"] == "Lá 2"
    thanks = browser.post(page.action, data=page.hidden | {"G": "no"})
    assert f"/k/{OPEN}?lang=vi&amp;lop-hoc=L%C3%A1+2" in thanks.text
    for unknown in ("Chồi 9", "<b>", "=1", "x" * 4000):
        begin = read_form(browser.get(f"/k/{OPEN}", params={"lop-hoc": unknown}).text)
        assert "lop-hoc" not in begin.hidden


def test_a_campaign_of_codes_asks_for_the_code_first(browser: httpx.Client) -> None:
    asked = browser.get(f"/k/{CODES}").text
    assert f'action="/k/{CODES}"' in asked
    assert 'name="ma-phieu"' in asked
    typo = browser.get(f"/k/{CODES}?ma-phieu=ABCD-EFG")
    assert typo.status_code == 422
    assert 'value="ABCD-EFG"' in typo.text
    begin = read_form(browser.get(f"/k/{CODES}?ma-phieu=abcd efgh jkmn").text)
    assert begin.hidden["ma-phieu"] == "ABCD-EFGH-JKMN"
    page = read_form(browser.get(begin.action, params=begin.hidden | {"P": "yes"}).text)
    assert read_receipt(browser.post(page.action, data=page.hidden | {"F": "4"}).text)


def test_a_code_that_is_refused_is_asked_for_again_with_all_answers_kept(
    browser: httpx.Client,
) -> None:
    path = f"/k/{CODES}/questions?P=yes&ma-phieu=0000-0000-0000"
    page = read_form(browser.get(path).text)
    refused = browser.post(page.action, data=page.hidden | {"F": "4", "H": "Ghế cũ"})
    assert refused.status_code == 409
    assert "Mã này không đúng hoặc đã được dùng" in refused.text
    assert checked(refused.text) == {"F": "4"}
    assert "Ghế cũ" in refused.text
    again = read_form(refused.text).hidden | {"F": "4", "ma-phieu": "ABCD EFGH JKMN"}
    assert read_receipt(browser.post(page.action, data=again).text)
    another = read_form(browser.get(path).text).hidden
    without = browser.post(page.action, data=another | {"F": "4", "ma-phieu": ""})
    assert without.status_code == 422
    assert "cần mã trên phiếu" in without.text


def test_a_receipt_tells_what_the_school_did(browser: httpx.Client) -> None:
    page = browser.get("/r/7k2m-qx9d-a4tw")
    assert page.status_code == 200
    assert len(page.content) < LIGHT
    for told in (
        "Có 62 phiếu được tính.",
        "Chưa đạt chỉ tiêu 95 % hài lòng",
        "hạn đến ngày 05/04/2024",
        "kiểm tra xong ngày 20/03/2024",
    ):
        assert told in page.text
    assert "below the target of 95 %" in browser.get("/r/7k2m-qx9d-a4tw?lang=en").text
    assert not page.cookies
    assert "<script" not in page.text


def test_a_receipt_may_be_typed_in(browser: httpx.Client) -> None:
    assert 'name="receipt"' in browser.get("/r").text
    assert "62 phiếu" in browser.get("/r", params={"receipt": " 7K2M QX9D A4TW "}).text
    unknown = browser.get("/r", params={"receipt": "7K2M-<b>"})
    assert unknown.status_code == 404
    assert "Không có mã biên nhận này" in unknown.text
    assert "<b>" not in unknown.text
    assert browser.get("/r/" + "x" * 200).status_code == 422


def test_thanks_lead_to_what_follows(browser: httpx.Client) -> None:
    thanks = send(browser, questions(browser) | {"F": "5"})
    assert f"/r/{read_receipt(thanks.text)}?lang=vi" in thanks.text
