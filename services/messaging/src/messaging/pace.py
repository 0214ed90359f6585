"""Fewer, larger transactions under load.

A loop that takes events as they come makes as many transactions as it finds time for, each with its
own beginning, inbox, commit and ack; then the work that is most urgent, taking answers, waits for
processors. So who found more than a few events at once lets a moment pass: more of them come, and
share the next transaction. At rest nothing waits.
"""

import time
from collections.abc import Callable
from typing import Final

_FEW: Final = 4
_GLANCE: Final = 0.02


class Pace:
    """Begins a round that follows a large one `seconds` after that began, at the earliest."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = 0.0

    def begin(self) -> None:
        """A round begins."""
        self._began = time.monotonic()

    def rest(self, taken: int, enough: Callable[[], bool] = lambda: False) -> None:
        """After a round that took so many events: wait, at most until there is `enough` to do."""
        if taken <= _FEW:
            return
        until = self._began + self._seconds
        while (left := until - time.monotonic()) > 0 and not enough():
            time.sleep(min(left, _GLANCE))
