import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Step:
    """One line of what a person reads; the work may make its text more exact."""

    text: str


@contextmanager
def step(text: str) -> Iterator[Step]:
    """Print a line when the work inside is done, with the seconds that it took."""
    begun = time.monotonic()
    line = Step(text)
    yield line
    print(f"· {line.text} ({time.monotonic() - begun:.1f} s)", flush=True)
