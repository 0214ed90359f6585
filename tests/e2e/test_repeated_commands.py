"""A command that is sent twice at once, through the real gateway to the real service."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.place import Json, Place

pytestmark = pytest.mark.xdist_group("real")

# How a command's row is found again, by words that only its body has.
MADE: dict[str, tuple[str, str]] = {
    "/campaigns": ("surveys", "SELECT count(*) FROM campaigns WHERE legal_basis = '{}'"),
    "/inspections": ("inspections", "SELECT count(*) FROM inspections WHERE note = '{}'"),
    "/api-keys": ("directory", "SELECT count(*) FROM api_keys WHERE title = '{}'"),
}


def body_of(place: Place, path: str, words: str) -> Json:
    """A body that holds the words."""
    if path == "/campaigns":
        return place.campaign_body() | {"legal_basis": words}
    if path == "/inspections":
        return {"school": place.school, "kind": "planned", "note": words}
    return place.key_body() | {"title": words}


def number(place: Place, path: str, words: str) -> int:
    """How many were made."""
    service, sql = MADE[path]
    [(found,)] = place.district.system.rows(service, sql.format(words))
    return int(found)


def send_twice(place: Place, path: str, body: Json, headers: dict[str, str]) -> list[Any]:
    """Send a command on two connections at the same moment; returns status and code."""
    role = "principal" if path == "/inspections" else "operator"
    headers = headers | {"Authorization": f"Bearer {place.token(role)}"}
    start = Barrier(2)

    def send(_: int) -> tuple[int, str]:
        with httpx.Client(base_url=place.district.system.url, timeout=30, trust_env=False) as one:
            one.get("/health/live")
            start.wait(30)
            answer = one.post(f"/api/v1{path}", json=body, headers=headers)
            return answer.status_code, answer.json().get("code", "")

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(send, range(2)))


@pytest.mark.parametrize("path", MADE)
def test_of_two_at_once_one_takes_effect(own: Place, path: str) -> None:
    assert own.known
    words = f"lần hai {uuid4()}"
    key = {"Idempotency-Key": str(uuid4())}
    assert send_twice(own, path, body_of(own, path, words), key) == [
        (201, ""),
        (409, "request.repeated"),
    ]
    assert number(own, path, words) == 1


def test_without_a_key_both_take_effect(own: Place) -> None:
    assert own.known
    words = f"không khóa {uuid4()}"
    sent = send_twice(own, "/inspections", body_of(own, "/inspections", words), {})
    assert sent == [(201, ""), (201, "")]
    assert number(own, "/inspections", words) == 2


def test_a_refusal_gives_the_key_back_and_says_so_in_two_languages(own: Place) -> None:
    assert own.known
    words = f"lại {uuid4()}"
    body = body_of(own, "/campaigns", words)
    key = {"Idempotency-Key": str(uuid4())}

    def send(body: Json, language: str = "vi") -> Any:
        return own.ask(
            f"POST /api/v1/campaigns?lang={language}",
            own.token("operator"),
            {},
            json=body,
            headers=key,
        )

    assert send(body | {"closes_on": "2001-01-01"}).json()["code"] == "surveys.wrong_dates"
    assert send(body).status_code == 201
    assert send(body).json()["detail"] == "Việc này đã được thực hiện."
    assert send(body, "en").json()["detail"] == "This has been done already."
    assert number(own, "/campaigns", words) == 1
    asked = own.ask("GET /api/v1/campaigns", own.token("operator"), {}, headers=key)
    assert asked.status_code == 200, "a question has no key"
