"""What processes use, as the kernel counts it."""

import os
import subprocess
import sys

from tests.bench.usage import since, usage

WORK = (
    "import sys; block = bytearray(64 << 20); sum(range(3_000_000)); print(1, flush=True); input()"
)


def test_a_family_is_counted_with_its_memory_and_time() -> None:
    before = {"all": usage([os.getpid()])}
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", WORK], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        alone, family = usage([child.pid]), usage([os.getpid()])
        child.communicate(b"\n")
    assert 64 < alone.mib < family.mib
    assert 0 < alone.seconds <= since(before, {"all": family})["all"]


def test_who_is_gone_uses_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    assert usage([gone.pid]) == usage([])
