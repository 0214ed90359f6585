"""Directory behind a real gateway: the way from the first login to a principal's own school.

One system for all: a start takes longer than the tests.
"""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.component.directory.conftest import FIRST_PASSWORD, Directory, fresh_directory
from tests.component.gateway.processes import stub
from tests.support.databases import lent
from tests.support.process import running

CHOSEN = "mật khẩu tự chọn"
SCHOOL = {
    "code": "hoa-mau",
    "title": "Trường Mầm non Hoa (thí dụ)",
    "level": "kindergarten",
    "opened_on": "2015-09-05",
    "parents": {"administrative": "quan-mau"},
}


class Api:
    """A program that speaks REST, logged in or not."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=f"{url}/api/v1", timeout=30)

    def ask(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """Ask; the answer has to have this status."""
        answer = self.http.request(method, path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def login(self, username: str, password: str) -> Any:
        """Log in and send the token from now on, not the cookie."""
        opened = self.ask("POST", "/login", {"username": username, "password": password})
        self.http.cookies.clear()
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        return opened["account"]

    def change_password(self, old: str) -> None:
        """Choose a password of one's own."""
        self.ask("POST", "/me/password", {"old": old, "new": CHOSEN})


NewApi = Callable[[], Api]


@pytest.fixture(scope="module")
def directory(
    postgres: PostgreSQL, broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Directory]:
    folder = tmp_path_factory.mktemp("directory")
    with (
        lent("directory", postgres) as database,
        fresh_directory(broker.create_vhost(), database, folder) as process,
    ):
        yield process


@pytest.fixture(scope="module")
def new_api(directory: Directory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewApi]:
    url = directory.amqp_url
    environ = {
        "KIPTHOI_ENV": "test",
        "AMQP_URL": url,
        "KIPTHOI_DASHBOARD_URL": "http://127.0.0.1:1",
    }
    log = tmp_path_factory.mktemp("gateway") / "log"
    neighbours = ("surveys", "inspections", "reports")
    with stub(url, *neighbours), running("gateway", environ, log) as process:
        made: list[Api] = []

        def new() -> Api:
            made.append(Api(process.url))
            return made[-1]

        yield new
        for api in made:
            api.http.close()
    assert FIRST_PASSWORD not in log.read_text() + directory.process.log.read_text()


@pytest.fixture(scope="module")
def operator(new_api: NewApi) -> Api:
    """The operator, who may do nothing before choosing a password."""
    api = new_api()
    assert api.login("vanhanh", FIRST_PASSWORD)["must_change_password"]
    problem = api.ask("GET", "/schools", status=403)
    assert problem["code"] == "auth.password_change_required"
    api.change_password(FIRST_PASSWORD)
    return api


def test_from_the_first_login_to_a_principal_s_own_school(operator: Api, new_api: NewApi) -> None:
    head = new_api()
    unit = {"code": "quan-mau", "title": "Quận (thí dụ)", "kind": "authority"}
    assert operator.ask("POST", "/units", unit, 201)["parents"] == {}
    assert operator.ask("POST", "/units", unit, 409)["code"] == "directory.code_taken"
    assert operator.ask("POST", "/schools", SCHOOL, 201)["closed_on"] is None
    operator.ask("POST", "/schools", SCHOOL | {"code": "la-mau", "title": "Trường Lá"}, 201)
    move = {"hierarchy": "professional", "parent": "quan-mau", "valid_from": "2020-01-01"}
    operator.ask("POST", "/units/hoa-mau/moves", move, 201)
    assert operator.ask("POST", "/units/hoa-mau/moves", move, 409)["params"]["parent"] == "quan-mau"
    assert len(operator.ask("GET", "/units/hoa-mau/moves")["items"]) == 2
    day = {"kind": "off", "legal_basis": "Thông báo (thí dụ)"}
    operator.ask("PUT", "/calendar/2026-01-02", day)
    refused = operator.ask("PUT", "/calendar/2026-01-02", day | {"kind": "work"}, 409)
    assert "02/01/2026" in refused["detail"]
    assert len(operator.ask("GET", "/calendar?year=2026")["items"]) == 1

    wanted = {"username": "Hoa.HieuTruong", "display_name": "Hiệu trưởng (thí dụ)"}
    place = {"role": "principal", "unit": "hoa-mau"}
    made = operator.ask("POST", "/accounts", wanted | place, 201)
    assert made["username"] == "hoa.hieutruong"
    head.login(made["username"], made["initial_password"])
    head.change_password(made["initial_password"])
    assert head.ask("GET", "/me")["schools"] == ["hoa-mau"]
    assert [school["code"] for school in head.ask("GET", "/schools")["items"]] == ["hoa-mau"]
    assert head.ask("POST", "/schools", SCHOOL, 403)["code"] == "auth.forbidden"
    assert head.ask("PATCH", "/schools/hoa-mau", {"title": "x"}, 403)["code"] == "auth.forbidden"
    teacher = {"username": "hoa.giaovien", "display_name": "Giáo viên", "role": "teacher"}
    head.ask("POST", "/accounts", teacher | {"unit": "hoa-mau"}, 201)
    foreign = teacher | {"username": "la.giaovien", "unit": "la-mau"}
    assert head.ask("POST", "/accounts", foreign, 422)["code"] == "directory.unknown_unit"
    assert len(head.ask("GET", "/accounts")["items"]) == 2
    reset = f"/accounts/{made['account_id']}"
    assert head.ask("POST", f"{reset}/disable", status=409)["code"] == "directory.not_yourself"

    operator.ask("PATCH", "/schools/hoa-mau", {"title": "Trường Mầm non Hoa Mới (thí dụ)"})
    operator.ask("POST", "/schools/hoa-mau/close", {"closed_on": "2030-06-30"})
    assert head.ask("GET", "/schools")["items"][0]["closed_on"] == "2030-06-30"
    operator.ask("POST", f"{reset}/disable")
    assert operator.ask("POST", f"{reset}/enable")["disabled"] is False
    assert "initial_password" in operator.ask("POST", f"{reset}/password-reset")


def test_a_key_opens_doors_until_it_is_revoked(operator: Api, new_api: NewApi) -> None:
    machine = new_api()
    operator.ask("POST", "/units", {"code": "quan-hai", "title": "Quận", "kind": "authority"}, 201)
    wanted = {"title": "Máy (thí dụ)", "role": "district_viewer", "unit": "quan-hai"}
    made = operator.ask("POST", "/api-keys", wanted, 201)
    machine.http.headers["Authorization"] = f"Bearer {made['token']}"
    assert machine.ask("GET", "/me")["role"] == "district_viewer"
    change = {"old": "mật khẩu", "new": CHOSEN}
    assert machine.ask("POST", "/me/password", change, 403)["code"] == "auth.forbidden"
    assert "token" not in operator.ask("GET", "/api-keys")["items"][0]
    assert operator.ask("POST", f"/api-keys/{made['key_id']}/revoke")["revoked_at"]


def test_login_from_another_site_and_wrong_words_are_refused(
    operator: Api, new_api: NewApi
) -> None:
    assert operator.ask("GET", "/me")["role"] == "operator"
    api = new_api()
    words = {"username": "vanhanh", "password": CHOSEN}
    api.http.headers["Origin"] = "https://evil.example"
    assert api.ask("POST", "/login", words, 403)["code"] == "request.cross_origin"
    del api.http.headers["Origin"]
    assert api.ask("POST", "/login", words | {"password": "sai"}, 401)["code"] == (
        "directory.wrong_credentials"
    )
    assert api.ask("POST", "/login", {"username": "vanhanh"}, 422)["code"] == "request.invalid"
    api.login("vanhanh", CHOSEN)
    api.ask("POST", "/logout")
    assert api.ask("GET", "/me", status=401)["code"] == "auth.required"
