"""What else the gateway answers by itself: the public REST, traces, logins, docs, health."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from tests.component.gateway.processes import stub
from tests.support.process import running

pytestmark = pytest.mark.xdist_group("gateway")

OPEN = "/api/v1/public/campaigns/open000000000000"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_an_answer_over_rest_counts_once(client: httpx.Client) -> None:
    campaign = client.get(OPEN).json()
    assert campaign["form"]["filter"]["code"] == "P"
    body = {"submission_id": str(uuid4()), "answers": {"P": "yes", "F": 5}}
    first = client.post(f"{OPEN}/responses", json=body)
    again = client.post(f"{OPEN}/responses", json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["submission_id"] == body["submission_id"]
    other = client.post(f"{OPEN}/responses", json=body | {"answers": {"P": "yes", "F": 1}})
    assert (other.status_code, other.json()["code"]) == (409, "surveys.submission_differs")


def test_wrong_answers_over_rest_are_named(client: httpx.Client) -> None:
    body = {"submission_id": str(uuid4()), "answers": {"P": "yes", "F": 9, "Z": 1}}
    problem = client.post(f"{OPEN}/responses", json=body).json()
    assert problem["code"] == "surveys.answers_invalid"
    assert problem["params"]["errors"] == [
        {"item": "F", "code": "wrong_value"},
        {"item": "Z", "code": "unknown_item"},
    ]


def test_an_uncertain_answer_says_so(client: httpx.Client) -> None:
    body = {"submission_id": str(uuid4()), "answers": {"P": "yes", "F": 5}}
    response = client.post(OPEN.replace("open", "brok") + "/responses", json=body)
    assert response.status_code == 201, "only slugs that begin with broken are broken"
    slug = "broken0000000000"
    response = client.post(f"/api/v1/public/campaigns/{slug}/responses", json=body)
    assert (response.status_code, response.json()["code"]) == (503, "surveys.uncertain")
    assert response.headers["retry-after"]


def test_a_chain_is_merged_from_all_services_in_order(client: httpx.Client) -> None:
    even = str(UUID(int=2))
    trace = client.get(f"/api/v1/traces/{even}", headers=bearer("operator")).json()
    assert [event["type"] for event in trace["events"]] == [
        "surveys.happened",
        "reports.happened",
        "inspections.happened",
        "directory.happened",
    ]
    assert trace["missing"] == []


def test_a_chain_that_concerns_the_head_is_hidden_from_the_school(client: httpx.Client) -> None:
    odd = f"/api/v1/traces/{UUID(int=3)}"
    assert client.get(odd, headers=bearer("principal@hoa-cuc-mau")).status_code == 404
    assert client.get(odd, headers=bearer("district_officer")).status_code == 200
    nothing = client.get(f"/api/v1/traces/{UUID(int=0)}", headers=bearer("operator"))
    assert nothing.json()["code"] == "resource.not_found"


@pytest.fixture
def browser(gateway: str) -> Iterator[httpx.Client]:
    headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=gateway, headers=headers, timeout=30, trust_env=False) as opened:
        yield opened


def test_a_login_leads_to_the_dashboard_and_a_logout_ends_it(browser: httpx.Client) -> None:
    wrong = browser.post("/login", data={"username": "hieu.truong", "password": "sai"})
    assert wrong.status_code == 401
    assert 'value="hieu.truong"' in wrong.text
    assert not wrong.cookies
    right = {"username": "hieu.truong", "password": "đúng mật khẩu"}
    done = browser.post("/login", data=right)
    assert (done.status_code, done.headers["location"]) == (303, "http://127.0.0.1:1/")
    cookie = done.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie, "the public address is plain http here"
    trace = f"/api/v1/traces/{UUID(int=2)}"
    assert browser.get(trace).status_code == 200
    out = browser.post("/logout")
    assert out.status_code == 303
    assert 'kipthoi_session=""' in out.headers["set-cookie"]
    browser.cookies.set("kipthoi_session", "principal@hoa-cuc-mau")
    assert browser.get(trace).json()["code"] == "auth.required"


def test_the_first_password_has_to_be_changed(browser: httpx.Client) -> None:
    done = browser.post("/login", data={"username": "moi!", "password": "đúng mật khẩu"})
    assert done.headers["location"] == "/login/password?lang=vi"
    assert browser.get("/login/password").status_code == 200
    differ = {"old": "đúng mật khẩu", "new": "một", "again": "hai"}
    assert browser.post("/login/password", data=differ).status_code == 422
    changed = browser.post("/login/password", data=differ | {"again": "một"})
    assert (changed.status_code, changed.headers["location"]) == (303, "http://127.0.0.1:1/")


def test_a_login_from_another_site_is_refused(browser: httpx.Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    right = {"username": "a.b", "password": "đúng mật khẩu"}
    assert browser.post("/login", data=right, headers=headers).status_code == 403


def test_without_a_session_a_page_leads_to_the_login(browser: httpx.Client) -> None:
    page = browser.get("/login/password?lang=en")
    assert (page.status_code, page.headers["location"]) == (303, "/login?lang=en")


def test_the_interface_is_described(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    answer = described["paths"]["/api/v1/public/campaigns/{slug}/responses"]["post"]
    assert "security" not in answer
    trace = described["paths"]["/api/v1/traces/{correlation_id}"]["get"]
    assert "operator" in trace["x-roles"]
    assert trace["security"]
    page = client.get("/docs").text
    assert "/api/v1/traces/{correlation_id}" in page
    assert "surveys.uncertain" in page


def test_metrics_know_templates_and_no_addresses(client: httpx.Client) -> None:
    client.get(OPEN)
    client.get("/secret-slug-of-somebody")
    text = client.get("/metrics").text
    line = 'route="/api/v1/public/campaigns/{slug}",status="200"'
    assert line in text
    assert 'route="unmatched"' in text
    assert "open000000000000" not in text
    assert "secret-slug" not in text
    assert "kipthoi_gateway_batch_size_bucket" in text


def test_ready_names_what_is_away(amqp_url: str, tmp_path: Path) -> None:
    environ = {"AMQP_URL": amqp_url}
    names = ("directory", "surveys", "inspections", "reports")
    with (
        stub(amqp_url, *names) as services,
        running("gateway", environ, tmp_path / "log") as gateway,
    ):
        assert gateway.get("/health/ready").json() == {"ready": True, "failed": []}
        services.terminate()
        services.wait(10)
        answer = gateway.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["failed"] == list(names)
        assert gateway.get("/health/live").status_code == 200
        away = httpx.get(f"{gateway.url}{OPEN}", timeout=30, trust_env=False)
        assert away.json()["code"] == "service.unavailable"
        assert gateway.stop() == 0
