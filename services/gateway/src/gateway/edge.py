"""Around every request: its correlation id, metrics, a log line, and a last net for errors."""

import logging
import time
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.correlation import correlated
from contracts.problems import Problem
from gateway import metrics, problems
from gateway.access import ACCESS, is_parents

log = logging.getLogger(__name__)
UNMATCHED: Final = "unmatched"
METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


class Edge:
    """The outermost layer. The correlation id is made here, never taken from outside.

    An `X-Correlation-ID` that a caller sends stands as `caller_id` in the line of its request, so
    that its logs and ours can be laid side by side; nothing else is made of it.

    Nobody keeps an answer that doesn't say that it may be kept: most are one person's.

    HEAD is GET: the server sends no body, because its own scope still says HEAD.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        correlation_id = uuid4()
        scope.setdefault("state", {})["correlation_id"] = correlation_id
        with correlated(correlation_id):
            await self._handle(scope, receive, send, str(correlation_id).encode())

    async def _handle(self, scope: Scope, receive: Receive, send: Send, mark: bytes) -> None:
        status = 0

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message.get("headers", ()))
                headers += [(b"x-correlation-id", mark), *SECURITY]
                if all(name.lower() != b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        began = time.perf_counter()
        with metrics.requests_in_flight.track_inprogress():
            try:
                await self._app(scope, receive, send_marked)
            except Exception:
                log.exception("unhandled")
                if status == 0:
                    failed = problems.respond(Request(scope), Problem("service.failed"))
                    await failed(scope, receive, send_marked)
        self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", UNMATCHED)
        method = scope["method"] if scope["method"] in METHODS else "other"
        metrics.requests.labels(route, method, status).inc()
        metrics.request_seconds.labels(route, method).observe(seconds)
        line = f"{method} {route}"
        if is_parents(line) and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return  # counted, not written beside a time of day: answers stay anonymous
        extra: dict[str, Any] = {
            "route": route,
            "method": method,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        rule = ACCESS.get(line)
        if rule is not None and rule.scope != "public":
            extra["caller_id"] = _told_id(scope)
        log.info("%s %s %d", method, route, status, extra=extra)


def _told_id(scope: Scope) -> UUID | None:
    """Return the id that the caller gave its request, if it is one."""
    try:
        return UUID(Headers(scope=scope).get("x-correlation-id", ""))
    except ValueError:
        return None
