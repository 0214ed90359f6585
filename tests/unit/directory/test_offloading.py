"""Slow hashing leaves the hub free: while a real thread is busy, other greenlets go on."""

import subprocess
import sys

import pytest

PROGRAM = """
import warnings
warnings.simplefilter("ignore")
import eventlet
eventlet.monkey_patch()
from eventlet import patcher
from directory.bootstrap import in_threads

real = patcher.original("threading")
opened = real.Event()
eventlet.spawn_after(0, opened.set)
# Waits as argon2 computes: without a look at the hub. Only another greenlet ends the wait.
print("{how}", {call})
"""


@pytest.mark.parametrize(
    ("call", "went_on"),
    [("in_threads(4)(opened.wait, 20)", True), ("opened.wait(1)", False)],
)
def test_other_greenlets_go_on_while_a_hash_is_made(call: str, *, went_on: bool) -> None:
    program = PROGRAM.format(how="went on:", call=call)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == (f"went on: {went_on}\n", "")
