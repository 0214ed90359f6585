"""Every route with what nobody should send: a stable code, never a 500, never a traceback."""

import socket
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.problems import codes
from gateway.access import ACCESS
from tests.support.district import path_of

pytestmark = pytest.mark.xdist_group("gateway")

TOKENS = {"Authorization": "Bearer operator#bad-input"}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LOGOUTS = {"POST /logout", "POST /api/v1/logout"}  # they end the session, whatever is sent
CHANGING = [route for route in ACCESS if not route.startswith("GET ") and route not in LOGOUTS]
READING = [route for route in ACCESS if route.startswith("GET ")]
# Pages that show the question again, with what is wrong beside it.
ASKED_ONCE_MORE = {"GET /k/{slug}/questions": 422, "GET /r/{receipt}": 404}
DEEP = b"[" * 100_000 + b"]" * 100_000
BODIES: dict[str, tuple[dict[str, str], bytes]] = {
    "nothing": ({}, b""),
    "null": (JSON, b"null"),
    "list": (JSON, b"[]"),
    "text": (JSON, b'"x"'),
    "number": (JSON, b"1e999"),
    "not a number": (JSON, b'{"a":NaN}'),
    "half": (JSON, b'{"a":'),
    "deep": (JSON, DEEP),
    "long number": (JSON, b"1" * 10_000),
    "broken utf-8": (JSON, b'{"a":"\xff\xfe"}'),
    "utf-16": (JSON, '{"a":"b"}'.encode("utf-16")),
    "nul": (JSON, b'{"a":"\\u0000"}'),
    "nul in another json": (
        {"Content-Type": "application/vnd.api+json"},
        b'{"username":"a\\u0000b","password":"x","title":"\\u0000"}',
    ),
    "half a letter in a name": (JSON, b'{"answers":{"\\ud800":1},"parents":{"\\udfff":"x"}}'),
    "lone surrogate": (JSON, b'{"reason":"\\ud800","username":"\\ud800","password":"\\ud800"}'),
    "wrong types": (
        JSON,
        b'{"submission_id":1,"answers":[],"demand":"x","school":{},"reason":[],"items":0}',
    ),
    "nulls": (
        JSON,
        (
            b'{"submission_id":null,"answers":null,"school":null,"reason":null,"username":null,'
            b'"password":null,"title":null,"code":null,"results":null}'
        ),
    ),
    "plain text": ({"Content-Type": "text/plain"}, b"hello"),
    "odd type": ({"Content-Type": ";;;"}, b"{}"),
    "form": (FORM, b"a=%ff%fe&b=1"),
    "form with nul": (FORM, b"a=%00"),
    "many fields": (FORM, b"&".join(b"f%d=1" % n for n in range(1000))),
    "multipart": ({"Content-Type": "multipart/form-data"}, b"--x"),
}


def must_be_a_problem(response: httpx.Response) -> str:
    assert response.status_code < 500, response.text
    if response.status_code < 400:
        return ""
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] in codes()
    assert problem["status"] == response.status_code
    assert problem["detail"]
    assert not problem["detail"].startswith("problem.")
    assert response.headers["x-correlation-id"] == problem["correlation_id"]
    return str(problem["code"])


@pytest.mark.parametrize("route", CHANGING)
def test_bodies_of_wrong_shape(client: httpx.Client, route: str) -> None:
    method, path = path_of(route)
    for name, (headers, content) in BODIES.items():
        response = client.request(method, path, headers=TOKENS | headers, content=content)
        if is_answered(route):
            must_be_a_problem(response)
        else:
            failed = response.status_code == 500
            assert not failed or response.json()["code"] == "service.failed", name


def is_answered(route: str) -> bool:
    """Whether the stubs answer the route; others end as `service.failed`, said in order."""
    return not route.partition("/")[2].startswith("api/") or "/public/" in route


@pytest.mark.parametrize("route", CHANGING)
def test_an_oversized_body_is_refused(client: httpx.Client, route: str) -> None:
    method, path = path_of(route)
    size = 6_000_000 if route.endswith(("/imports", "/e-office")) else 300_000
    big = b'{"a":"' + b"x" * size + b'"}'
    headers = TOKENS | JSON
    announced = client.request(method, path, headers=headers, content=big)
    assert must_be_a_problem(announced) == "request.too_large"


def test_an_endless_body_is_refused_on_the_way(client: httpx.Client) -> None:
    sent = 0

    def endless() -> Any:
        nonlocal sent
        while sent < 50_000_000:
            sent += 10_000
            yield b"x" * 10_000

    method, path = path_of("POST /api/v1/public/campaigns/{slug}/responses")
    try:
        response = client.request(method, path, headers=JSON, content=endless())
        assert must_be_a_problem(response) == "request.too_large"
    except httpx.WriteError:
        pass  # the gateway has hung up while we still wrote
    assert sent < 50_000_000


@pytest.mark.parametrize("route", READING)
def test_odd_addresses(client: httpx.Client, route: str) -> None:
    odd = ["x" * 500, "%ff%fe", "%00", "..%2f..", "' or 1=1 --", "{school}", "hoa cúc", "0"]
    method, path = path_of(route)
    for value in odd:
        _, strange = path_of(route, **dict.fromkeys(("slug", "school", "correlation_id"), value))
        for address in (strange, f"{path}?school={value}&lang={value}&state={value}&P={value}"):
            response = client.request(method, address, headers=TOKENS)
            if ASKED_ONCE_MORE.get(route) == response.status_code:
                assert "text/html" in response.headers["content-type"]
            elif is_answered(route):
                must_be_a_problem(response)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"username":"C:\\\\u0000","password":"x"}', "directory.wrong_credentials"),
        (b'{"username":"\\ud83d\\ude00","password":"x"}', "directory.wrong_credentials"),
        (b'{"username":"C:\\\\\\u0000","password":"x"}', "request.malformed"),
        (b'{"username":"\\ude00\\ud83d","password":"x"}', "request.malformed"),
        (b'{"username":"x","password":"x","\\ud83d":1}', "request.malformed"),
    ],
)
def test_what_only_looks_like_a_nul_or_half_a_letter_passes(
    client: httpx.Client, content: bytes, code: str
) -> None:
    response = client.post("/api/v1/login", headers=JSON, content=content)
    assert must_be_a_problem(response) == code


def test_nobody_keeps_what_is_one_person_s(client: httpx.Client) -> None:
    for route in READING:
        if ACCESS[route].scope != "public":
            kept = ask(client, route).headers["cache-control"]
            assert kept == "no-store", route


def ask(client: httpx.Client, route: str) -> httpx.Response:
    method, path = path_of(route)
    return client.request(method, path, headers=TOKENS)


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/api/v1/nothing", "/api/v1/", "/api/v1/me/", "/login/", "/k/", "/%ff"],
)
def test_unknown_addresses(client: httpx.Client, path: str) -> None:
    assert must_be_a_problem(client.get(path)) == "resource.not_found"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_unknown_methods(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/k/open000000000000")
    assert response.status_code == 405
    assert must_be_a_problem(response) == "request.method_not_allowed"


@pytest.mark.parametrize("route", READING)
def test_head_says_what_get_would_without_its_body(client: httpx.Client, route: str) -> None:
    _, path = path_of(route)
    got, head = (client.request(method, path, headers=TOKENS) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (got.status_code, b"")
    kinds = [response.headers["content-type"] for response in (got, head)]
    assert kinds[0] == kinds[1]
    if route in {"GET /", "GET /health/live", "GET /health/ready", "GET /k/{slug}"}:
        assert head.status_code == 200


def test_head_changes_nothing(client: httpx.Client) -> None:
    assert client.head("/api/v1/login").status_code == 405


@pytest.mark.parametrize("request_line", [b"BREW /k HTTP/1.1", b"GET /k HTTP/9.9", b"\x00\xff"])
def test_what_is_no_http_is_refused_before_anything_reads_it(
    client: httpx.Client, request_line: bytes
) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), 10) as raw:
        raw.sendall(request_line + b"\r\nHost: x\r\n\r\n")
        assert raw.recv(4096).startswith(b"HTTP/1.1 400")
    assert client.get("/health/live").is_success


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_people_get_a_page_and_machines_a_problem(client: httpx.Client, accept: str) -> None:
    response = client.get("/nothing", headers={"Accept": accept})
    is_page = response.headers["content-type"].startswith("text/html")
    assert is_page == (accept == "text/html")
    assert response.status_code == 404


def test_a_problem_is_said_in_the_reader_s_language(client: httpx.Client) -> None:
    vietnamese, english = client.get("/nothing").json(), client.get("/nothing?lang=en").json()
    assert vietnamese["detail"] == "Không tìm thấy nội dung này."
    assert english["detail"] == "There is nothing here by that name."
    assert vietnamese["code"] == english["code"]


def test_the_correlation_id_comes_from_inside(client: httpx.Client) -> None:
    mine = str(uuid4())
    response = client.get("/nothing", headers={"X-Correlation-Id": mine})
    assert mine not in {response.headers["x-correlation-id"], response.json()["correlation_id"]}


def test_a_body_of_ten_megabytes_is_refused_wherever_it_comes(client: httpx.Client) -> None:
    sheet = f"/api/v1/campaigns/{uuid4()}/imports"
    for path in (sheet, "/k/open000000000000", f"/api/v1/campaigns/{uuid4()}/slips"):
        headers = TOKENS | (FORM if path.startswith("/k/") else JSON)
        response = client.post(path, content=b"a" * 10 * 1024 * 1024, headers=headers)
        assert response.status_code == 413, path
        assert must_be_a_problem(response) == "request.too_large"


def test_a_sheet_may_be_larger_than_other_bodies(client: httpx.Client) -> None:
    body = {"file_name": "x.csv", "content": "A" * 1024 * 1024}
    response = client.post(f"/api/v1/campaigns/{uuid4()}/imports", json=body, headers=TOKENS)
    assert response.status_code != 413
