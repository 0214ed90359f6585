"""A gateway that answers from the sample: what the dashboard is tested against.

Every reply is a model of contracts, so that the fake can't drift from what the services send.
The bodies that the dashboard sends are checked as the gateway checks them, and a command whose key
was done is refused. The session token is the role: "principal", "district_officer", ….
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from pydantic import BaseModel, ValidationError

from contracts.problems import Problem, status_of
from gateway.words import say
from tests.dashboard.bodies import BODIES

CORRELATION: Final = "0b7c1d52-6f0f-4f4e-9d1e-6a0e3a0f7c11"


@dataclass(frozen=True)
class Asked:
    """One request, as a route of the sample sees it."""

    role: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, object]


Route = Callable[[Asked], BaseModel]


@dataclass
class FakeGateway:
    """`url` is where it listens. `sent` are the commands that came, in order, as (route, body).

    A route named in `refusals` answers with that problem's code instead. `keys` are those of all
    commands that were sent, the refused ones too.
    """

    url: str
    routes: dict[str, Route]
    sent: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    keys: list[UUID] = field(default_factory=list)
    _done: set[UUID] = field(default_factory=set)
    _one_by_one: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, routes: dict[str, Route]) -> None:
        """Answer from these routes, and know nothing of what came before."""
        self.routes = routes
        for told in (self.sent, self.refusals, self.languages, self.keys, self._done):
            told.clear()

    def answer(
        self, method: str, address: str, token: str, body: bytes, key: str
    ) -> tuple[int, bytes]:
        """Status and JSON of one request."""
        try:
            with self._once(method, key):
                return 200, self._reply(method, address, token, body).model_dump_json().encode()
        except Problem as problem:
            return status_of(problem.code), _told(problem)

    @contextmanager
    def _once(self, method: str, key: str) -> Iterator[None]:
        """Let a command with this key pass once, a second one waits; refused, it may come again."""
        if method == "GET":
            yield
            return
        command = UUID(key)
        self.keys.append(command)
        with self._one_by_one:
            if command in self._done:
                raise Problem("request.repeated")
            yield
            self._done.add(command)

    def _reply(self, method: str, address: str, token: str, body: bytes) -> BaseModel:
        parts = urlsplit(address)
        name, path = self._find(method, parts.path)
        code = self.refusals.get(name, "" if token else "auth.required")
        if code:
            raise Problem(code)
        given = json.loads(body) if body else {}
        if method != "GET":
            self.sent.append((f"{method} {unquote(parts.path)}", given))
        if name in BODIES and not _fits(BODIES[name], given):
            raise Problem("request.invalid")
        return self.routes[name](Asked(token, path, dict(parse_qsl(parts.query)), given))

    def _find(self, method: str, address: str) -> tuple[str, Mapping[str, str]]:
        for name in self.routes:
            verb, pattern = name.split(" ")
            expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", f"/api/v1{pattern}")
            if verb == method and (match := re.fullmatch(expression, address)):
                return name, {key: unquote(value) for key, value in match.groupdict().items()}
        raise Problem("resource.not_found")


def _fits(model: type[BaseModel], given: Mapping[str, object]) -> bool:
    """Whether a body is what the gateway takes, without a field that it doesn't know."""
    try:
        model.model_validate_json(json.dumps(given))
    except ValidationError:
        return False
    return set(given) <= set(model.model_fields)


def _told(problem: Problem) -> bytes:
    told = {
        "type": f"urn:kipthoi:problem:{problem.code}",
        "title": "",
        "status": status_of(problem.code),
        "code": problem.code,
        "detail": say("vi", f"problem.{problem.code}", problem.params),
        "params": dict(problem.params),
        "correlation_id": CORRELATION,
    }
    return json.dumps(told).encode()


@contextmanager
def serving(routes: dict[str, Route]) -> Iterator[FakeGateway]:
    """A fake gateway on a free loopback port."""
    gateway = FakeGateway("", routes)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: two would wait for each other

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            gateway.languages.add(self.headers.get("Accept-Language") or "")
            key = self.headers.get("Idempotency-Key") or ""
            sent = self.rfile.read(length)
            status, body = gateway.answer(self.command, self.path, token, sent, key)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = _handle  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing: tests read what was sent from `FakeGateway.sent`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    gateway.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
