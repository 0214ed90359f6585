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
