"""People who don't give up: parents answer and a clerk renames schools until it is acknowledged."""

import threading
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

import httpx

from deploy.local.play.api import AWAY, Api, RefusedError

ACKNOWLEDGED = {httpx.codes.OK, httpx.codes.CREATED}


@dataclass
class Ledger:
    """What people know: what they sent, and what was acknowledged.

    `sent`: submission id → slug of its campaign; `demands` are the submissions that report an
    improper demand; `titles`: code → the last name of a school that the clerk was told is kept.
    """

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    demands: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    tries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Target:
    """A public campaign and a valid answer to it."""

    slug: str
    answers: dict[str, Any]
    answers_with_demand: dict[str, Any]


class Crowd:
    """`parents` threads that answer again and again until `stop`; then each finishes its last.

    `clerk` is one more, who renames `schools` in turn.
    """

    def __init__(
        self,
        clerk: Api,
        schools: Sequence[str],
        targets: list[Target],
        *,
        parents: int,
        seed: int,
    ) -> None:
        self.ledger = Ledger()
        self._clerk = clerk
        self._schools = schools
        self._targets = targets
        self._parents = parents
        self._seed = seed
        self._stop = threading.Event()
        self._given_up = False
        self._pool = ThreadPoolExecutor(parents + 1)

    def start(self) -> None:
        """Let them begin."""
        self._running = [self._pool.submit(self._parent, n) for n in range(self._parents)]
        self._running.append(self._pool.submit(self._rename))

    @property
    def acknowledged(self) -> int:
        """How many answers were acknowledged so far."""
        return len(self.ledger.acknowledged)

    def stop(self) -> Ledger:
        """Let each finish what it began; raises what went wrong in one of them."""
        self._stop.set()
        for person in self._running:
            person.result()
        self._pool.shutdown()
        return self.ledger

    def abandon(self) -> None:
        """Let all give up at once, after a run that failed."""
        self._given_up = True
        self._stop.set()

    def _rename(self) -> None:
        """Give each school a new name twice a second, so that directory has news too."""
        numbers = count(1)
        while not self._stop.wait(0.5):
            for school in self._schools:
                title = f"Trường Thí Dụ {next(numbers)}"
                while not self._given_up and not self._named(school, title):
                    threading.Event().wait(0.2)

    def _named(self, school: str, title: str) -> bool:
        try:
            self._clerk.patch(f"/schools/{school}", {"title": title})
        except httpx.TransportError:
            return False
        except RefusedError as refused:
            if refused.status in AWAY:
                return False
            raise
        self.ledger.titles[school] = title
        return True

    def _parent(self, number: int) -> None:
        chance = Random(f"{self._seed} {number}")  # noqa: S311 - repeatable, not secret
        with httpx.Client(base_url=self._clerk.url, timeout=20) as http:
            while not self._stop.is_set():
                self._answer(http, chance)

    def _answer(self, http: httpx.Client, chance: Random) -> None:
        target = chance.choice(self._targets)
        demanding = chance.random() < 0.05
        submission = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        body: dict[str, Any] = {"submission_id": submission, "answers": target.answers}
        if demanding:
            body["answers"] = target.answers_with_demand
            body["demand"] = {"kind": "fee", "what": "x", "when": "y", "concerns_head": False}
        with self.ledger.lock:
            self.ledger.sent[submission] = target.slug
            if demanding:
                self.ledger.demands.add(submission)
        while not self._given_up and not self._try(http, target.slug, body):
            pause = threading.Event()
            pause.wait(0.1 + chance.random() * 0.2)

    def _try(self, http: httpx.Client, slug: str, body: dict[str, Any]) -> bool:
        """Send once; True when there is nothing more to do for this answer."""
        with self.ledger.lock:
            self.ledger.tries += 1
        try:
            response = http.post(f"/api/v1/public/campaigns/{slug}/responses", json=body)
        except httpx.TransportError:
            return False
        if response.status_code in ACKNOWLEDGED:
            assert response.json()["receipt"]
            with self.ledger.lock:
                self.ledger.acknowledged.add(body["submission_id"])
            return True
        if response.status_code in AWAY:
            return False
        with self.ledger.lock:
            self.ledger.refused.append(f"{response.status_code} {response.text[:200]}")
        return True
