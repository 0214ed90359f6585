"""From the broker to the intake: one connection, a lane per queue, a worker per lane."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from kombu.entity import Queue
from kombu.messaging import Consumer as QueueReader

from messaging import metrics
from messaging.arrivals import Arrival
from messaging.broker import LOST, connect
from messaging.faults import DatabaseAway, describe
from messaging.pace import Pace

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 0.5
_LONGEST_PAUSE = 2.0
_PACE_SECONDS = 0.5


class Lane:
    """One queue: what arrived and waits, and the worker that takes it over chunk by chunk.

    A chunk is whatever is there, at most `chunk` messages. At rest nothing waits for a chunk to
    fill; under load they keep a pace.
    """

    def __init__(
        self,
        queue: str,
        take: Callable[[Sequence[Arrival]], None],
        chunk: int,
        *,
        dead: bool = False,
    ) -> None:
        self.queue = queue
        self.ended = threading.Event()
        self._take = take
        self._chunk = chunk
        self._pace = Pace(_PACE_SECONDS)
        self._dead = dead
        self._waiting: deque[Any] = deque()
        self._arrived = threading.Event()
        self._stopping = False
        self._paused = metrics.consumer_paused.labels(queue)

    def open(self, connection: Any, prefetch: int) -> None:
        """Consume over a new connection; what came over the last one comes again, so forget it."""
        self._waiting.clear()
        QueueReader(
            connection.channel(),
            [Queue(self.queue, no_declare=True)],
            on_message=self._put,
            prefetch_count=prefetch,
        ).consume()

    def work(self) -> None:
        """Take chunks over and ack them, until `stop`."""
        while not self._stopping:
            self._arrived.clear()
            self._pace.begin()
            chunk = [self._waiting.popleft() for _ in range(min(self._chunk, len(self._waiting)))]
            if not chunk:
                self._arrived.wait(_IDLE_SECONDS)
            elif self._take_over([self._arrival(message) for message in chunk]):
                self._ack(chunk[-1])
                self._pace.rest(len(chunk), self._has_enough)
        self.ended.set()

    def stop(self) -> None:
        """Take no further chunk; `ended` is set when the running one is acked."""
        self._stopping = True
        self._arrived.set()

    def _has_enough(self) -> bool:
        return self._stopping or len(self._waiting) >= self._chunk

    def _put(self, message: Any) -> None:
        self._waiting.append(message)
        self._arrived.set()

    def _arrival(self, message: Any) -> Arrival:
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        recorded_at = (message.headers or {}).get("recorded_at")
        return Arrival(
            body=body,
            recorded_at=recorded_at if isinstance(recorded_at, float) else None,
            # What the broker gave up on is dangerous in the same way.
            redelivered=self._dead or bool(message.delivery_info["redelivered"]),
        )

    def _take_over(self, arrivals: list[Arrival]) -> bool:
        """Repeat until it is done; False when the service stops first."""
        failures = 0
        while not self._stopping:
            try:
                self._take(arrivals)
            except Exception as error:  # noqa: BLE001  nothing may end the lane
                if isinstance(error, DatabaseAway):
                    _log.warning("%s waits for the database: %s", self.queue, describe(error))
                else:
                    metrics.loop_errors.labels(self.queue).inc()
                    _log.exception("%s can't take messages over", self.queue)
                self._paused.set(1)
                failures += 1
                self._rest(min(_LONGEST_PAUSE, 0.1 * 2**failures))
            else:
                self._paused.set(0)
                return True
        return False

    def _rest(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < deadline:
            time.sleep(0.05)

    def _ack(self, message: Any) -> None:
        try:
            message.ack(multiple=True)
        except LOST as error:
            # The connection went meanwhile: the chunk comes again, and the inbox knows it.
            _log.warning("%s: ack lost: %s", self.queue, describe(error))


class Consumer:
    """Reads for all lanes of a service, and connects again whenever the broker went away."""

    def __init__(self, amqp_url: str, lanes: Sequence[Lane], prefetch: int) -> None:
        self.lanes = tuple(lanes)
        self._url = amqp_url
        self._prefetch = prefetch
        self._failures = 0
        self._stopping = False
        self._ended = threading.Event()

    def run(self) -> None:
        """Read until `stop` and until each lane has acked its last chunk."""
        while not self._finished():
            try:
                connection = connect(self._url)
                try:
                    self._read(connection)
                finally:
                    metrics.broker_connected.labels("consume").set(0)
                    _close(connection)
            except LOST as error:
                self._failures += 1
                _log.warning("consumer connects again: %s", describe(error))
                time.sleep(min(_LONGEST_PAUSE, 0.1 * 2**self._failures))
        self._ended.set()

    def stop(self, seconds: float = 60.0) -> None:
        """Stop consuming, let running chunks end and be acked, give the rest back, close."""
        self._stopping = True
        for lane in self.lanes:
            lane.stop()
        self._ended.wait(seconds)

    def _read(self, connection: Any) -> None:
        for lane in self.lanes:
            lane.open(connection, self._prefetch)
        self._failures = 0
        _log.info("consumer connected")
        metrics.broker_connected.labels("consume").set(1)
        while not self._finished():
            connection.heartbeat_tick()
            try:
                connection.drain_events(timeout=_IDLE_SECONDS)
            except TimeoutError:
                continue

    def _finished(self) -> bool:
        return self._stopping and all(lane.ended.is_set() for lane in self.lanes)


def _close(connection: Any) -> None:
    # Closing gives everything unacked back to the queue.
    try:
        connection.close()
    except LOST:
        connection.collect()
