import json
from contextlib import suppress

import httpx
import pytest

from dashboard.client import AWAY, REPEATED, UNREADABLE, Gateway, GatewayProblem
from dashboard.once import Once
from dashboard.shapes.account import Me


def gateway(
    answer: httpx.Response | Exception,
    seen: list[httpx.Request] | None = None,
    once: Once | None = None,
) -> Gateway:
    def handle(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx.Client(base_url="http://gateway.test", transport=httpx.MockTransport(handle))
    return Gateway(http, "the-token", "en", once or Once())


def test_a_question_carries_the_session_and_the_language() -> None:
    seen: list[httpx.Request] = []
    gateway(httpx.Response(200, json={"role": "clerk"}), seen).get("/me", Me, school="a", kind=None)
    [request] = seen
    assert str(request.url) == "http://gateway.test/api/v1/me?school=a"
    assert request.headers["Authorization"] == "Bearer the-token"
    assert request.headers["Accept-Language"] == "en"


def test_a_command_carries_its_body() -> None:
    seen: list[httpx.Request] = []
    assert gateway(httpx.Response(204), seen).post("/x", {"reason": "đủ phiếu"}) == {}
    assert json.loads(seen[0].content) == {"reason": "đủ phiếu"}


def test_a_problem_keeps_its_code_sentence_and_number() -> None:
    body = {"code": "surveys.campaign_closed", "detail": "Đã đóng.", "correlation_id": "7"}
    with pytest.raises(GatewayProblem) as caught:
        gateway(httpx.Response(409, json=body)).get("/me", Me)
    problem = caught.value
    assert (problem.code, problem.detail, problem.correlation_id) == (
        "surveys.campaign_closed",
        "Đã đóng.",
        "7",
    )
    assert not problem.signed_out


def test_without_a_session_the_problem_says_so() -> None:
    with pytest.raises(GatewayProblem) as caught:
        gateway(httpx.Response(401, json={"code": "auth.required"})).get("/me", Me)
    assert caught.value.signed_out


@pytest.mark.parametrize("why", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])
def test_a_gateway_that_is_away_is_a_problem_too(why: Exception) -> None:
    with pytest.raises(GatewayProblem) as caught:
        gateway(why).get("/me", Me)
    assert caught.value.code == AWAY


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, text="<html>Bad Gateway</html>"),
        httpx.Response(500, json=["not", "a", "problem"]),
        httpx.Response(200, text="not json"),
    ],
)
def test_an_answer_that_makes_no_sense_is_a_problem_too(answer: httpx.Response) -> None:
    with pytest.raises(GatewayProblem) as caught:
        gateway(answer).get("/me", Me)
    assert caught.value.code == UNREADABLE


def keys_of(*answers: httpx.Response | Exception, drawn: bool = True) -> list[str]:
    """The keys of one command, sent until it has met all these answers."""
    once, seen = Once(), list[httpx.Request]()
    for answer in answers:
        asked = gateway(answer, seen, once)
        with suppress(GatewayProblem):
            asked.post("/campaigns", {"school": "a"})
        if drawn:
            once.drawn()
    return [request.headers["Idempotency-Key"] for request in seen]


DONE = httpx.Response(201, json={"campaign_id": "1"})
REFUSED = httpx.Response(409, json={"code": "surveys.campaign_closed"})


@pytest.mark.parametrize(
    "unknown",
    [
        httpx.ReadTimeout("slow"),
        httpx.Response(503, json={"code": "service.unavailable"}),
        httpx.Response(500, json={"code": "service.failed"}),
        httpx.Response(502, text="<html>Bad Gateway</html>"),
        httpx.Response(200, text="not json"),
    ],
)
def test_what_may_have_been_done_is_sent_again_with_the_same_key(
    unknown: httpx.Response | Exception,
) -> None:
    first, second, third, after = keys_of(unknown, unknown, DONE, DONE)
    assert first == second == third
    assert after != first, "done and told: the same again is meant anew"


@pytest.mark.parametrize("known", [DONE, REFUSED])
def test_an_answer_ends_a_key_once_the_page_has_told_it(known: httpx.Response) -> None:
    assert len(set(keys_of(known, known))) == 2
    assert len(set(keys_of(known, known, drawn=False))) == 1, "a second click on the same page"


def test_that_it_was_done_already_is_success() -> None:
    answer = httpx.Response(409, json={"code": REPEATED})
    assert gateway(answer).post("/campaigns", {"school": "a"}) == {}


def test_other_commands_have_other_keys_and_questions_none() -> None:
    once, seen = Once(), list[httpx.Request]()
    asked = gateway(DONE, seen, once)
    asked.post("/campaigns", {"school": "a"})
    asked.post("/campaigns", {"school": "b"})
    asked.post("/inspections", {"school": "a"})
    asked.get("/me", Me)
    keys = [request.headers.get("Idempotency-Key") for request in seen]
    assert len(set(keys[:3])) == 3
    assert keys[3] is None
