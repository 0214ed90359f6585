"""Waiting for a reaction: ask again until it is there, within a bound."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class DidNotHappenError(Exception):
    """What had to follow did not, within the bound."""


def until(ask: Callable[[], T | None], what: str, *, seconds: float = 60, pause: float = 0.1) -> T:
    """Ask until the answer is truthy and return it; raises `DidNotHappenError` naming `what`."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > end:
            raise DidNotHappenError(f"{what} did not happen within {seconds:g} s")
        time.sleep(pause)
