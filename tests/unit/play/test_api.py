"""A gateway that can't serve just now is asked again, and a command keeps its key."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy.local.play import api
from deploy.local.play.api import Api, RefusedError

PROXYS_OWN = (502, 504)  # answered without a body of the gateway
CODES = {503: b"service.unavailable", 409: b"request.repeated", 422: b"request.invalid"}


@contextmanager
def gateway(*statuses: int) -> Iterator[tuple[str, list[str]]]:
    """A server that answers with these statuses in turn, the last one for good; notes the keys."""
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            keys.append(self.headers["Idempotency-Key"])
            status = statuses[min(len(keys), len(statuses)) - 1]
            body = (
                b""
                if status in PROXYS_OWN
                else b'{"code": "%s", "detail": ""}' % CODES.get(status, b"")
            )
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if not body else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", keys
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAUSE_S", 0.01)


def test_a_command_is_sent_again_with_its_key_until_it_is_served() -> None:
    with gateway(503, *PROXYS_OWN, 200) as (url, keys), Api(url) as head:
        head.post("/units", {"code": "quan"})
        head.post("/units", {"code": "phong"})
    assert len(keys) == 5
    assert len(set(keys[:4])) == 1
    assert keys[4] != keys[0], "another command has another key"


@pytest.mark.parametrize(("status", "code"), [(503, "service.unavailable"), (502, "")])
def test_patience_ends(monkeypatch: pytest.MonkeyPatch, status: int, code: str) -> None:
    monkeypatch.setattr(api, "PATIENCE_S", 0.05)
    with gateway(status) as (url, keys), Api(url) as head, pytest.raises(RefusedError) as refused:
        head.post("/units", {})
    assert (refused.value.status, refused.value.code) == (status, code)
    assert len(keys) > 1


def test_a_refusal_is_not_asked_again() -> None:
    with gateway(422) as (url, keys), Api(url) as head, pytest.raises(RefusedError):
        head.post("/units", {})
    assert len(keys) == 1


def test_what_was_done_at_the_first_time_is_done() -> None:
    with gateway(503, 409) as (url, keys), Api(url) as head:
        assert head.post("/units", {"code": "quan"}) == {}
    assert len(keys) == 2
