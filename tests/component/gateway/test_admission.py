"""Walks the route table: each route with each role, with its own and with a foreign school."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from contracts.problems import codes
from gateway import app  # noqa: F401 - brings in every service's problem codes
from gateway.access import ACCESS, ALL, STAFF, Rule
from gateway.sessions import COOKIE
from tests.support.district import FOREIGN, OWN, path_of

pytestmark = pytest.mark.xdist_group("gateway")

SOME_KEY = "4b1c0a52-6f0e-4f0e-9a55-7f1f0a3c2d11"

REFUSALS = {"auth.required", "auth.forbidden", "auth.password_change_required"}
PRIVATE = {route: rule for route, rule in ACCESS.items() if rule.scope != "public"}


def ask(client: httpx.Client, route: str, token: str | None, **changed: str) -> httpx.Response:
    method, path = path_of(route, **changed)
    headers = {"Authorization": f"Bearer {token}#{uuid4()}"} if token else {}
    return client.request(method, path, headers=headers, json=None if method == "GET" else {})


def code_of(response: httpx.Response) -> str:
    if response.headers.get("content-type") != "application/problem+json":
        return ""
    problem = response.json()
    assert problem["code"] in codes()
    assert problem["status"] == response.status_code
    assert problem["correlation_id"] == response.headers["x-correlation-id"]
    return str(problem["code"])


@pytest.mark.parametrize(("route", "rule"), PRIVATE.items())
def test_each_role_on_each_route(client: httpx.Client, route: str, rule: Rule) -> None:
    let_in = set()
    for role in ALL:
        code = code_of(ask(client, route, f"{role}@{OWN}"))
        assert code not in REFUSALS - {"auth.forbidden"}, role
        if code != "auth.forbidden":
            let_in.add(role)
    assert let_in == rule.roles


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_foreign_school_is_not_found(client: httpx.Client, role: str) -> None:
    for route in (route for route in PRIVATE if "{school}" in route):
        expected = "resource.not_found" if role in PRIVATE[route].roles else "auth.forbidden"
        response = ask(client, route, f"{role}@{OWN}", school=FOREIGN)
        assert code_of(response) == expected, route


@pytest.mark.parametrize("route", PRIVATE)
def test_nobody_gets_in_without_an_account(client: httpx.Client, route: str) -> None:
    response = ask(client, route, None)
    assert code_of(response) == "auth.required"
    assert response.headers["www-authenticate"] == "Bearer"
    assert code_of(ask(client, route, "no-such-role")) == "auth.required"


@pytest.mark.parametrize(("route", "rule"), PRIVATE.items())
def test_until_the_first_password_is_changed(client: httpx.Client, route: str, rule: Rule) -> None:
    code = code_of(ask(client, route, "operator!"))
    assert (code == "auth.password_change_required") == (rule.scope != "account")


@pytest.fixture(scope="module")  # a client reads all certificates of the machine
def browser(gateway: str) -> Iterator[httpx.Client]:
    """A browser that is logged in."""
    cookies = {COOKIE: f"principal@{OWN}#{uuid4()}"}
    with httpx.Client(base_url=gateway, cookies=cookies, timeout=30, trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize("route", [r for r in PRIVATE if not r.startswith("GET")])
def test_a_cookie_alone_changes_nothing(browser: httpx.Client, route: str) -> None:
    method, path = path_of(route)
    foreign: list[dict[str, str]] = [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": str(browser.base_url)},
        {"Sec-Fetch-Site": "none"},
    ]
    for headers in foreign:
        assert code_of(browser.request(method, path, headers=headers, json={})) == (
            "request.cross_origin"
        )


def test_a_cookie_with_our_own_page_behind_it_counts(browser: httpx.Client, gateway: str) -> None:
    for headers in ({"Origin": gateway}, {"Sec-Fetch-Site": "same-origin"}):
        response = browser.post(
            "/login/password", headers=headers, data={"old": "x", "new": "y", "again": "y"}
        )
        assert response.status_code == 422, "the stub says that the old password is wrong"


@pytest.mark.parametrize(
    "key", ["", "1", "x" * 36, f"{{{SOME_KEY}}}", SOME_KEY.replace("-", ""), f"{SOME_KEY}0"]
)
def test_a_key_that_is_none_is_refused(client: httpx.Client, key: str) -> None:
    for route, rule in PRIVATE.items():
        method, path = path_of(route)
        headers = {"Authorization": f"Bearer operator#{uuid4()}", "Idempotency-Key": key}
        response = client.request(method, path, headers=headers)
        refused = code_of(response) == "request.invalid" and response.json()["params"] == {
            "fields": ["idempotency-key"]
        }
        takes = is_command(route) and "operator" in rule.roles
        assert refused == takes, route


def is_command(route: str) -> bool:
    """Whether a private line of the table is a command of the REST interface."""
    return not route.startswith("GET ") and " /api/v1/" in route
