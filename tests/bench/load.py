"""The crowd: C clients that answer, each at once again, for some seconds: a closed loop.

A process of its own (`python -m tests.bench.load`, in the Python of the yardsticks) that reads an
`Order` from its standard input and prints a `Tally`. It speaks HTTP/1.1 by hand, because a client
library costs more than the servers that are measured.
"""

import asyncio
import json
import os
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

ID = "00000000-0000-4000-8000-000000000000"  # where each answer's own id goes
PATIENCE = 20.0  # seconds that the last answers may take after the end


@dataclass(frozen=True)
class Sheet:
    """A filled-in answer without its id: `body` is JSON that holds `ID` in its place."""

    path: str
    body: str
    demand: bool


@dataclass(frozen=True)
class Order:
    """What the crowd does. `seconds`: as long as it begins new answers; or `answers` in all."""

    host: str
    port: int
    clients: int
    sheets: Sequence[Sheet]
    seconds: float = 0.0
    answers: int = 0


@dataclass
class Tally:
    """What came of it. Moments are of the monotonic clock, which all processes share.

    `accepted` counts 201, `in_time` those before the end; `cpu` are this process's own seconds.
    """

    began: float = 0.0
    ended: float = 0.0
    accepted: int = 0
    in_time: int = 0
    demands: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0


class Crowd:
    """Hands out requests while there is time, and counts the answers."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.tally = Tally()
        self._requests: Iterator[tuple[bytes, bytes, bool]] = cycle(
            [_cut(order, sheet) for sheet in order.sheets]
        )
        self._handed = 0
        self._end = 0.0

    async def run(self) -> Tally:
        """Let all clients answer until the end, and wait for their last answers."""
        tally, loop = self.tally, asyncio.get_running_loop()
        before = time.process_time()
        clients = [Client(self) for _ in range(self.order.clients)]
        for client in clients:
            await loop.create_connection(lambda c=client: c, self.order.host, self.order.port)  # type: ignore[misc]
        tally.began = time.monotonic()
        self._end = tally.began + (self.order.seconds or 1e9)
        for client in clients:
            client.send()
        patience = self.order.seconds + PATIENCE if self.order.seconds else 3600.0
        _, late = await asyncio.wait([client.done for client in clients], timeout=patience)
        tally.errors["no reply"] += len(late)
        tally.ended = min(self._end, time.monotonic())
        tally.cpu = time.process_time() - before
        for client in clients:
            client.leave()
        return tally

    def next_request(self) -> tuple[bytes, bool] | None:
        """Return a request with a fresh id, and whether it tells a demand; None at the end."""
        if time.monotonic() >= self._end or 0 < self.order.answers <= self._handed:
            return None
        self._handed += 1
        head, tail, demand = next(self._requests)
        return b"".join((head, str(uuid.uuid4()).encode(), tail)), demand

    def count(self, status: int, seconds: float, *, demand: bool) -> None:
        """Count one response."""
        tally = self.tally
        if status != 201:
            tally.errors[str(status)] += 1
            return
        tally.accepted += 1
        tally.demands += demand
        if time.monotonic() <= self._end:
            tally.in_time += 1
            tally.latencies.append(seconds)


class Client(asyncio.Protocol):
    """One connection that is kept; one request at a time."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._received = b""
        self._sent = 0.0
        self._demand = False
        self._transport: Any = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def send(self) -> None:
        """Send the next answer, or be done."""
        request = self._crowd.next_request()
        if request is None:
            self._finish()
            return
        body, self._demand = request
        self._sent = time.perf_counter()
        self._transport.write(body)

    def data_received(self, data: bytes) -> None:
        self._received += data
        status = complete(self._received)
        if status is not None:
            self._received = b""
            seconds = time.perf_counter() - self._sent
            self._crowd.count(status, seconds, demand=self._demand)
            self.send()

    def connection_lost(self, _why: Exception | None) -> None:
        if not self.done.done():
            self._crowd.tally.errors["connection lost"] += 1
            self._finish()

    def leave(self) -> None:
        """Close the connection."""
        self._finish()
        self._transport.close()

    def _finish(self) -> None:
        if not self.done.done():
            self.done.set_result(None)


def complete(received: bytes) -> int | None:
    """Return the status of a response that is all there; every server here tells its length."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = received[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        raise ValueError(f"a response without a length: {head[:200]!r}")
    length = int(head[at + 17 :].split(b"\r\n", 1)[0])
    return int(head[9:12]) if len(received) >= end + 4 + length else None


def _cut(order: Order, sheet: Sheet) -> tuple[bytes, bytes, bool]:
    """Return what stands before and behind the id in a request."""
    body = sheet.body.encode()
    head = (
        f"POST {sheet.path} HTTP/1.1\r\nHost: {order.host}:{order.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    before, _, behind = body.partition(ID.encode())
    return head.encode() + before, behind, sheet.demand


def main() -> None:
    """Carry out the order on standard input."""
    import uvloop  # noqa: PLC0415 - only the Python of the yardsticks has it

    given = json.load(sys.stdin)
    given["sheets"] = [Sheet(**sheet) for sheet in given["sheets"]]
    tally = uvloop.run(Crowd(Order(**given)).run())
    json.dump(vars(tally), sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # thousands of latencies need no orderly end


if __name__ == "__main__":
    main()
