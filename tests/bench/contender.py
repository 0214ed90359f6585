"""What can be measured: something that takes answers over HTTP and shows their effects."""

import http.client
import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from tests.bench.load import ID, Sheet

IDLE_SECONDS = 2.0  # servers close connections that rest for five


@dataclass(frozen=True)
class Effects:
    """What came of all answers so far: counted by every consumer; demands that were acted on.

    Read over HTTP, after the answers' events were published, consumed and committed.
    """

    answers: int
    demands: int

    def plus(self, answers: int, demands: int) -> "Effects":
        """Return what has to come when so many more were accepted."""
        return Effects(self.answers + answers, self.demands + demands)

    def covers(self, goal: "Effects") -> bool:
        """Whether nothing of the goal is missing."""
        return self.answers >= goal.answers and self.demands >= goal.demands


class Contender(Protocol):
    """One system on fresh data, running."""

    url: str
    sheets: Sequence[Sheet]
    has_chain: bool

    def stored(self) -> int:
        """Return how many answers its database holds."""

    def reached(self, goal: Effects) -> bool:
        """Whether at least this much can be read over HTTP."""

    def seen(self) -> Effects:
        """Return how much can be read over HTTP."""

    def watch(self, sheet: Sheet) -> Callable[[], bool]:
        """Return what tells, over HTTP, whether one more answer like this had all its effects.

        Called before the answer is sent, while nothing else is under way.
        """


class Reader:
    """One kept connection that sends and asks, with as little cost as possible."""

    def __init__(self, url: str, token: str | None = None) -> None:
        where = urlsplit(url)
        self._http = http.client.HTTPConnection(str(where.hostname), where.port, timeout=30)
        self._used = 0.0
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> Any:
        """Ask; returns the decoded JSON."""
        return json.loads(self._call("GET", path, None, 200))

    def size(self, path: str) -> int:
        """Ask; returns how many bytes the answer has."""
        return len(self._call("GET", path, None, 200))

    def submit(self, sheet: Sheet) -> None:
        """Send an answer with a fresh id."""
        self._call("POST", sheet.path, sheet.body.replace(ID, str(uuid.uuid4())), 201)

    def _call(self, method: str, path: str, body: str | None, expected: int) -> bytes:
        sent = body.encode() if body is not None else None
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._http.close()  # the next request opens it anew
        self._http.request(method, path, sent, self._headers)
        response = self._http.getresponse()
        content = response.read()
        self._used = time.monotonic()
        if response.status != expected:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
        return content
