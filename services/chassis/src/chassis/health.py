"""The small HTTP port of a service: alive, ready, metrics. Loopback unless configured."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from prometheus_client import make_wsgi_app

Check = Callable[[], None]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
log = logging.getLogger(__name__)


def make_app(checks: Mapping[str, Check]) -> Callable[[dict[str, Any], StartResponse], Any]:
    """Return the WSGI app. `/health/ready` runs every check; one that raises makes it 503."""
    metrics: Any = make_wsgi_app()

    def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/metrics":
            answer: Iterable[bytes] = metrics(environ, start_response)
            return answer
        if path == "/health/live":
            return _json(start_response, "200 OK", {"status": "alive"})
        if path == "/health/ready":
            failed = [name for name, check in checks.items() if not _passes(name, check)]
            status = "503 Service Unavailable" if failed else "200 OK"
            return _json(start_response, status, {"ready": not failed, "failed": failed})
        return _json(start_response, "404 Not Found", {"code": "resource.not_found"})

    return app


def _passes(name: str, check: Check) -> bool:
    try:
        check()
    except Exception as why:  # noqa: BLE001 - whatever a check raises means "not ready"
        log.warning("not ready: %s: %s", name, why)
        return False
    return True


def _json(start: StartResponse, status: str, body: dict[str, Any]) -> Iterable[bytes]:
    start(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]
