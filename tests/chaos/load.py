"""Parents who answer and don't give up: each sends until it is acknowledged."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

ACKNOWLEDGED = {httpx.codes.OK, httpx.codes.CREATED}
# What the gateway says that can't tell, and a proxy before it that gets no answer.
UNSURE = {httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.BAD_GATEWAY, httpx.codes.GATEWAY_TIMEOUT}


@dataclass
class Ledger:
    """What the parents know: whom they sent what, and what was acknowledged.

    `demands` are the submissions that report an improper demand.
    """

    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    demands: set[str] = field(default_factory=set)
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
    """`parents` threads that answer again and again until `stop`; then each finishes its last."""

    def __init__(self, url: str, targets: list[Target], *, parents: int, seed: int) -> None:
        self.ledger = Ledger()
        self._url = url
        self._targets = targets
        self._parents = parents
        self._seed = seed
        self._stop = threading.Event()
        self._given_up = False
        self._pool = ThreadPoolExecutor(parents)

    def start(self) -> None:
        """Let them begin."""
        self._running = [self._pool.submit(self._parent, n) for n in range(self._parents)]

    @property
    def acknowledged(self) -> int:
        """How many answers were acknowledged so far."""
        return len(self.ledger.acknowledged)

    def stop(self) -> Ledger:
        """Let each finish what it began; raises what went wrong in one of them."""
        self._stop.set()
        for parent in self._running:
            parent.result()
        self._pool.shutdown()
        return self.ledger

    def abandon(self) -> None:
        """Let all give up at once, after a run that failed."""
        self._given_up = True
        self._stop.set()

    def _parent(self, number: int) -> None:
        chance = Random(f"{self._seed} {number}")  # noqa: S311 - repeatable, not secret
        with httpx.Client(base_url=self._url, timeout=20) as http:
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
            self.ledger.sent.add(submission)
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
        if response.status_code in UNSURE:
            return False
        with self.ledger.lock:
            self.ledger.refused.append(f"{response.status_code} {response.text[:200]}")
        return True
