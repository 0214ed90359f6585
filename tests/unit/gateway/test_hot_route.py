"""The short way to a function answers as FastAPI's own does, whatever is sent."""

import json
from collections.abc import Iterator
from typing import Any, Final
from uuid import uuid4

import pytest
from fastapi import FastAPI, Request, Response
from hypothesis import given
from hypothesis import strategies as st

from contracts.problems import Problem
from gateway import edge, intake, problems
from gateway.access import ACCESS, PUBLIC
from gateway.admission import make_router
from gateway.hot_route import HotRoute
from gateway.routes.public import NewResponse, Receipt
from tests.unit.gateway.test_surveys_routes import Caller

PLAIN, HOT = "/api/plain/{slug}", "/api/hot/{slug}"
GOOD: Final[dict[str, Any]] = {"submission_id": str(uuid4()), "answers": {"P": "no", "F": 5}}
BODIES: Final = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "null": b"null",
    "a word": b'"x"',
    "two": b"{} {}",
    "a byte that is no text": b'{"a": "\xff"}',
    "half a letter": b'{"a": "\\ud800"}',
    "not a number": json.dumps(GOOD | {"answers": {"F": float("nan")}}).encode(),
    "a wide number": json.dumps(GOOD | {"answers": {"F": 10**400}}).encode(),
    "very deep": b"[" * 5000 + b"]" * 5000,
    "twice": b'{"submission_id": 1, "submission_id": 2, "answers": {}}',
    "with a mark": b"\xef\xbb\xbf{}",
    "good": json.dumps(GOOD).encode(),
}
TYPES: Final = ("application/json", "application/problem+json; charset=utf-8", "text/plain", "")


async def take(request: Request, response: Response, slug: str, new: NewResponse) -> Receipt:
    """Answer as the function of the product may: stored, known already, refused."""
    assert request.state.call.actor.role == "parent"
    if slug == "refused":
        raise Problem("surveys.unknown_campaign")
    if slug == "again":
        response.status_code = 200
    return Receipt(receipt=f"{slug} {sorted(new.answers)}", submission_id=new.submission_id)


@pytest.fixture(scope="module")
def client() -> Iterator[Caller]:
    router = make_router()
    with pytest.MonkeyPatch.context() as patch:
        for path in (PLAIN, HOT):
            patch.setitem(ACCESS, f"POST {path}", PUBLIC)
        router.add_api_route(PLAIN, take, methods=["POST"], status_code=201)
        router.add_api_route(
            HOT, take, methods=["POST"], status_code=201, route_class_override=HotRoute
        )
        app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
        app.router.routes.extend(router.routes)
        problems.install(app)
        app.add_middleware(intake.Intake)
        app.add_middleware(edge.Edge)
        yield Caller(app)


def told(client: Caller, path: str, slug: str, body: bytes, kind: str) -> Any:
    headers = {"Content-Type": kind} if kind else {}
    answer = client.request("POST", path.format(slug=slug), content=body, headers=headers)
    words = answer.json()
    words.pop("correlation_id", None)
    return answer.status_code, words, answer.headers["content-type"]


def same(client: Caller, slug: str, body: bytes, kind: str = TYPES[0]) -> int:
    plain, hot = (told(client, path, slug, body, kind) for path in (PLAIN, HOT))
    assert hot == plain
    return int(hot[0])


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_odd_body_is_answered_alike(client: Caller, body: bytes, kind: str) -> None:
    same(client, "hoa", body, kind)


@pytest.mark.parametrize(
    ("slug", "status"), [("hoa", 201), ("again", 200), ("refused", 404), ("%C6%B0 %25", 201)]
)
def test_a_good_body_is_answered_alike(client: Caller, slug: str, status: int) -> None:
    assert same(client, slug, BODIES["good"]) == status


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_another_method_is_refused_alike(client: Caller, method: str) -> None:
    plain, hot = (client.request(method, path.format(slug="a")) for path in (PLAIN, HOT))
    assert (hot.status_code, hot.headers["allow"]) == (405, "POST")
    assert (plain.status_code, plain.headers["allow"]) == (405, "POST")


VALUE = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NAMES = ("submission_id", "answers", "demand", "class_code", "code", "what")
ANY = st.recursive(
    VALUE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(NAMES), ANY, max_size=5), st.booleans())
def test_any_body_is_answered_alike(client: Caller, fields: dict[str, Any], good: bool) -> None:
    body = GOOD | fields if good else fields
    same(client, "hoa", json.dumps(body).encode())
