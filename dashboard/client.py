"""The only place that speaks HTTP: asks the gateway in the name of whoever is logged in."""

import hashlib
import json
import logging
import re
import time
from collections.abc import Mapping
from typing import TypeVar, cast
from urllib.parse import quote

import httpx

from dashboard.logs import run_id
from dashboard.once import Once

log = logging.getLogger(__name__)
T = TypeVar("T")
Body = Mapping[str, object]

TIMEOUT = httpx.Timeout(10, connect=3)
FORBIDDEN = "auth.forbidden"
AWAY = "gateway.away"
UNREADABLE = "gateway.unreadable"
REPEATED = "request.repeated"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class GatewayProblem(Exception):
    """What the gateway refused, or that it is away.

    `code` is stable; `detail` is the gateway's sentence in the reader's language, empty when there
    is none (`gateway.away`, `gateway.unreadable`); `correlation_id` finds the request in the logs;
    `params` are what the sentence is filled with.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        correlation_id: str,
        status: int = 0,
        params: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.params = params or {}
        self.code = code
        self.detail = detail
        self.correlation_id = correlation_id
        self.status = status

    @property
    def uncertain(self) -> bool:
        """Whether what was asked for may have been done all the same: no refusal came back."""
        return self.status < httpx.codes.BAD_REQUEST or self.status >= 500  # noqa: PLR2004 - 5xx

    @property
    def signed_out(self) -> bool:
        """Whether there is no session, or none that still counts."""
        return self.status == httpx.codes.UNAUTHORIZED


class Gateway:
    """The REST interface (`/api/v1`) for one session; every call raises `GatewayProblem`.

    `once` belongs to the browser's session and outlives this object.
    """

    def __init__(self, http: httpx.Client, token: str | None, language: str, once: Once) -> None:
        self._http = http
        self._once = once
        self._headers = {"Accept-Language": language}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, shape: type[T], **query: str | None) -> T:  # noqa: ARG002 - it types the reply
        """Ask. `shape` is the TypedDict of the reply; queries that are None are left out."""
        asked = {name: value for name, value in query.items() if value is not None}
        return cast("T", self._call("GET", path, asked, None))

    def file(self, path: str, **query: str) -> bytes:
        """Ask for a file."""
        return self._ask("GET", path, query, None).content

    def get_if_allowed(self, path: str, shape: type[T], **query: str | None) -> T | None:
        """Ask for what not every role may read: None when the gateway forbids it."""
        try:
            return self.get(path, shape, **query)
        except GatewayProblem as problem:
            if problem.code == FORBIDDEN:
                return None
            raise

    def post(
        self, path: str, body: Body | None = None, *, seconds: float | None = None
    ) -> dict[str, object]:
        """Do something once; returns what the gateway answers, {} for an answer without a body.

        The same again goes out with the same key as long as it is not known whether it was done;
        that it was done already is success, too, of which nothing more is known: {}.
        """
        return self._do("POST", path, body or {}, seconds)

    def put(self, path: str, body: Body) -> dict[str, object]:
        """Let something be as the body says, once; as `post` otherwise."""
        return self._do("PUT", path, body, None)

    def _do(self, method: str, path: str, body: Body, seconds: float | None) -> dict[str, object]:
        what = _digest(f"{method} {path}", body)
        try:
            key = {"Idempotency-Key": self._once.id_of(what)}
            answer = self._call(method, path, {}, body, more=key, seconds=seconds)
        except GatewayProblem as problem:
            if not problem.uncertain:
                self._once.done(what)
            if problem.code != REPEATED:
                raise
            return {}
        self._once.done(what)
        return cast("dict[str, object]", answer)

    def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Body | None,
        *,
        more: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> object:
        response = self._ask(method, path, query, body, more=more, seconds=seconds)
        if not response.content:
            return {}
        try:
            return response.json()
        except ValueError as error:
            raise _unreadable(response) from error

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Body | None,
        *,
        more: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> httpx.Response:
        number = run_id.get() or ""
        headers = {**self._headers, **(more or {})}
        if number:
            headers["X-Correlation-ID"] = number
        patience = TIMEOUT if seconds is None else httpx.Timeout(seconds, connect=3)
        began = time.perf_counter()
        try:
            response = self._http.request(
                method,
                f"/api/v1{path}",
                params=query,
                json=body,
                headers=headers,
                timeout=patience,
            )
        except httpx.HTTPError as error:
            log.warning("the gateway is away: %s", type(error).__name__)
            raise GatewayProblem(AWAY, "", number) from error
        _note(method, path, response.status_code, time.perf_counter() - began)
        if response.is_error:
            raise _problem(response)
        return response


def connect(url: str) -> httpx.Client:
    """One pool of connections to the gateway, for the whole process; proxies are not asked."""
    return httpx.Client(base_url=url, timeout=TIMEOUT, trust_env=False)


def segment(text: str) -> str:
    """A piece of a path, quoted."""
    return quote(text, safe="")


def _digest(path: str, body: Body) -> str:
    """What tells a command from others, without its words: a body may hold a password."""
    return hashlib.sha256(f"{path} {json.dumps(body, sort_keys=True)}".encode()).hexdigest()


def _problem(response: httpx.Response) -> GatewayProblem:
    try:
        body = response.json()
        code = str(body["code"])
    except (ValueError, KeyError, TypeError):
        return _unreadable(response)
    return GatewayProblem(
        code,
        str(body.get("detail") or ""),
        str(body.get("correlation_id") or _correlation(response)),
        response.status_code,
        body.get("params") or {},
    )


def _unreadable(response: httpx.Response) -> GatewayProblem:
    return GatewayProblem(UNREADABLE, "", _correlation(response), response.status_code)


def _correlation(response: httpx.Response) -> str:
    return str(response.headers.get("X-Correlation-Id", ""))


def _note(method: str, path: str, status: int, seconds: float) -> None:
    route = ID.sub("{id}", path)
    extra = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
    log.info("%s %s %d", method, route, status, extra=extra)
