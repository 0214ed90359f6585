"""A client of the public REST interface, as a person's program would use it."""

import time
from typing import Any, Self
from uuid import uuid4

import httpx

Json = dict[str, Any]
PATIENCE_S = 30.0
PAUSE_S = 0.5
DONE_BEFORE = "request.repeated"  # of a command that is sent again: nothing is left to do
# What the gateway says when it can't serve just now, and a proxy when the gateway is away.
AWAY = {httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.BAD_GATEWAY, httpx.codes.GATEWAY_TIMEOUT}


class Patient(httpx.HTTPTransport):
    """Sends a request again while it can't be served just now.

    Whatever goes through it can come twice: it asks, or carries a key or a submission id.
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Give the answer, the last refusal if nothing else comes within `PATIENCE_S`."""
        end = time.monotonic() + PATIENCE_S
        while True:
            response = super().handle_request(request)
            if response.status_code not in AWAY or time.monotonic() > end:
                return response
            response.close()
            time.sleep(PAUSE_S)


class RefusedError(Exception):
    """The gateway answered with a problem, whose stable code is `code`; "" for a proxy's own."""

    def __init__(self, call: str, status: int, body: Json) -> None:
        super().__init__(f"{call}: {status} {body.get('code')}: {body.get('detail')}")
        self.code = str(body.get("code", ""))
        self.status = status


class Api:
    """Speaks for one account, or for nobody in particular (a parent)."""

    def __init__(self, url: str, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.url = url
        self._http = httpx.Client(base_url=url, headers=headers, timeout=30, transport=Patient())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **query: str | int) -> Json:
        """Ask; raises `RefusedError`."""
        return self._call("GET", path, params=query)

    def post(self, path: str, body: Json | None = None) -> Json:
        """Send; it takes effect once, however often it goes out; raises `RefusedError`.

        Returns {} where it was done and the answer that told so went lost.
        """
        key = {"Idempotency-Key": str(uuid4())}
        try:
            return self._call("POST", path, json=body or {}, headers=key)
        except RefusedError as refused:
            if refused.code == DONE_BEFORE:
                return {}
            raise

    def put(self, path: str, body: Json) -> Json:
        """Set; raises `RefusedError`."""
        return self._call("PUT", path, json=body)

    def patch(self, path: str, body: Json) -> Json:
        """Change; raises `RefusedError`."""
        return self._call("PATCH", path, json=body)

    def items(self, path: str, **query: str | int) -> list[Json]:
        """Ask for a list."""
        listed: list[Json] = self.get(path, **query)["items"]
        return listed

    def _call(self, method: str, path: str, **how: Any) -> Json:
        response = self._http.request(method, f"/api/v1{path}", **how)
        if response.status_code == httpx.codes.NO_CONTENT:
            return {}
        told = response.headers.get("Content-Type", "").partition(";")[0].endswith("json")
        body: Json = response.json() if told else {}
        if response.is_error:
            raise RefusedError(f"{method} {path}", response.status_code, body)
        return body


def login(url: str, username: str, password: str) -> str:
    """Return the session token of an account; raises `RefusedError`."""
    with Api(url) as anybody:
        return str(anybody.post("/login", {"username": username, "password": password})["token"])
