"""A background loop: relay, retries and gauges are each a step that is run again and again."""

import logging
import threading
from collections.abc import Callable

from messaging import metrics
from messaging.broker import BrokerAway
from messaging.faults import DatabaseAway, describe, is_outage

_log = logging.getLogger(__name__)
_LONGEST_PAUSE = 2.0


class Loop:
    """Runs `step` while it returns True (more to do), then waits for a wake-up or `seconds`.

    No exception ends it: after one it waits a little longer each time. `threading` is eventlet's
    in a service and the real one elsewhere.
    """

    def __init__(self, name: str, step: Callable[[], bool], seconds: float) -> None:
        self._name = name
        self._step = step
        self._seconds = seconds
        self._wakeup = threading.Event()
        self._stopping = False
        self._ended = threading.Event()

    def run(self) -> None:
        """Run until `stop`."""
        failures = 0
        while not self._stopping:
            self._wakeup.clear()
            more, failures = self._round(failures)
            if not more and not self._stopping:
                self._wakeup.wait(self._pause(failures))
        self._ended.set()

    def _pause(self, failures: int) -> float:
        return min(max(_LONGEST_PAUSE, self._seconds), self._seconds * 2.0**failures)

    def wake(self) -> None:
        """There is something to do."""
        self._wakeup.set()

    def stop(self, seconds: float = 60.0) -> None:
        """Let the running step end and return after it, or after `seconds`."""
        self._stopping = True
        self._wakeup.set()
        self._ended.wait(seconds)

    def _round(self, failures: int) -> tuple[bool, int]:
        try:
            return self._step(), 0
        except Exception as error:  # noqa: BLE001  nothing may end the loop
            metrics.loop_errors.labels(self._name).inc()
            if isinstance(error, BrokerAway | DatabaseAway) or is_outage(error):
                _log.warning("%s waits: %s", self._name, describe(error))
            else:
                _log.exception("%s failed", self._name)
            return False, min(failures + 1, 8)
