import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(fn: Callable[[], T], timeout: float = 15, message: str = "") -> T:
    """Call `fn` until what it returns is true, and return that; fail after `timeout` seconds.

    A failed assertion inside `fn` means "not yet"; the last one is the cause of the failure.
    """
    deadline = time.monotonic() + timeout
    pause = 0.01
    while True:
        cause: AssertionError | None = None
        seen: object = None
        try:
            result = fn()
            if result:
                return result
            seen = result
        except AssertionError as error:
            cause = error
        if time.monotonic() >= deadline:
            what = message or getattr(fn, "__name__", "it")
            last = cause or f"it returned {seen!r}"
            raise AssertionError(f"not within {timeout} s: {what}; last: {last}") from cause
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)
