"""A hostile or clumsy parent: whatever is posted gets a page in whole HTML, never a failure."""

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contracts.codes import Access
from contracts.rpc.base import Call, Request
from contracts.rpc.surveys import Outcome, Outcomes, PublicCampaign, SubmitResponses
from gateway.app import create
from gateway.batching import Batcher, send_batch
from gateway.campaigns import Campaigns
from gateway.settings import Settings
from gateway.state import State
from tests.component.gateway.test_pages import Balanced
from tests.support.surveys import CARE, TTHC
from tests.unit.gateway.test_surveys_routes import Caller

SLUG = "open000000000000"
CODES = [item.code for form in (TTHC, CARE) for _, item in form.placed_items()]
NAMES = [*CODES, "P", "submission_id", "lop-hoc", "ma-phieu", "lang"]
NAMES += ["demand-kind", "demand-what", "demand-when", "demand-head"]
VALUES = ["", " ", "0", "1", "5", "6", "-1", "4.0", "1e3", "yes", "no", "no_opinion", "101", "null"]
VALUES += [
    "not_applicable",
    "'\"><script>alert(1)</script>",
    "</textarea>",
    "{{ 9999999*9 }}",
    "%s",
    "=1",
]
VALUES += ["٤", "５", "a" * 2001, "Lá 1", "7K2M-QX9D-A4TW", "\u202egnart", "\uffff", "\x1b[2J", "ẹ̀"]
NAME = st.sampled_from(NAMES) | st.text(max_size=12)
VALUE = st.sampled_from(VALUES) | st.text(max_size=60) | st.uuids(version=4).map(str)


class Surveys:
    """Stands for surveys: everything that reaches it is stored."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.stored: list[SubmitResponses] = []

    async def call(
        self, service: str, method: str, request: Request, call: Call, reply_type: type, **_: Any
    ) -> Any:
        assert (service, call.actor.role) == ("surveys", "parent")
        if isinstance(request, SubmitResponses):
            self.stored.append(request)
            told = [
                Outcome(submission_id=one.submission_id, status="stored", receipt="7K2M-QX9D-A4TW")
                for one in request.items
            ]
            return Outcomes(items=tuple(told))
        assert method == "get_public_campaign", (method, reply_type)
        return PublicCampaign(
            campaign_id=UUID(int=1),
            slug=SLUG,
            school="hoa-cuc-mau",
            school_title="Trường Mầm non Hoa Cúc (mẫu)",
            state="open",
            opens_on=date(2024, 3, 1),
            closes_on=date(2024, 3, 14),
            legal_basis="Kế hoạch số 513/KH-GDĐT",
            form=TTHC,
            access=self.access,
            classes=("Lá 1",),
        )


# Made once: an app has many routes.
APP: Final = create(Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "/"))


def parents(access: Access) -> tuple[Caller, Surveys]:
    """Return a phone in front of the app, and the surveys behind it, as if it had just begun."""
    state: State = APP.state.gateway
    surveys = Surveys(access)
    rpc: Any = surveys
    object.__setattr__(state, "campaigns", Campaigns(rpc))
    object.__setattr__(state, "batcher", Batcher(lambda batch: send_batch(rpc, batch)))
    return Caller(APP), surveys


def looks_whole(answered: httpx.Response) -> None:
    """A page that is one, and runs nothing."""
    assert answered.status_code in {200, 400, 404, 409, 422}, answered.text
    if "text/html" in answered.headers["content-type"]:
        whole = Balanced()
        whole.feed(answered.text)
        assert whole.open == []
    assert "<script" not in answered.text
    assert "89999991" not in answered.text, "nothing that was sent is computed"
    assert "set-cookie" not in answered.headers


@pytest.mark.parametrize("access", ["open", "codes"])
@settings(max_examples=60)
@given(fields=st.lists(st.tuples(NAME, VALUE), max_size=30))
@example(
    fields=[("submission_id", str(uuid4())), ("P", "yes"), ("F", "5"), ("F", "{{ 9999999*9 }}")]
)
@example(fields=[("submission_id", "x"), ("P", "no"), ("H", "</textarea><script>")])
def test_whatever_is_posted_gets_a_page(access: Access, fields: list[tuple[str, str]]) -> None:
    caller, surveys = parents(access)
    sent = urlencode([(name, _clean(value)) for name, value in fields], errors="replace")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    answered = caller.request("POST", f"/k/{SLUG}", content=sent, headers=headers)
    looks_whole(answered)
    for batch in surveys.stored:
        for item in batch.items:
            assert set(item.answers) <= {*CODES, "P"}
            assert item.code is None or access == "codes"
            assert item.class_code in {None, "Lá 1"}


@settings(max_examples=40)
@given(query=st.lists(st.tuples(NAME, VALUE), max_size=12))
def test_whatever_stands_in_a_link_gets_a_page(query: list[tuple[str, str]]) -> None:
    caller, _ = parents("codes")
    asked = urlencode([(name, _clean(value)) for name, value in query], errors="replace")
    for path in (f"/k/{SLUG}", f"/k/{SLUG}/questions", f"/k/{SLUG}x", "/r"):
        if path == "/r":
            asked = urlencode([("lang", "en")])
        looks_whole(caller.request("GET", f"{path}?{asked}", headers={"Accept": "text/html"}))


@settings(max_examples=60)
@given(body=st.binary(max_size=300))
@example(body=b"P=%C3%28&F=5")
@example(body=b"&".join(b"a%d=1" % n for n in range(400)))
def test_whatever_bytes_are_posted_get_a_page(body: bytes) -> None:
    caller, surveys = parents("open")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    looks_whole(caller.request("POST", f"/k/{SLUG}", content=body, headers=headers))
    assert surveys.stored == []


def _clean(value: str) -> str:
    """What a browser can send: no NUL, which is refused elsewhere."""
    return value.replace("\x00", "")
