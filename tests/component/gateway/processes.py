"""Start stub services as a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from messaging import topology


@contextmanager
def stub(amqp_url: str, *names: str) -> Iterator[subprocess.Popen[str]]:
    """Run stub services under these names; they take calls when the block begins."""
    topology.apply(amqp_url, names)
    command = [sys.executable, "-m", "tests.component.gateway.stub", amqp_url, *names]
    process = subprocess.Popen(  # noqa: S603 - our own module
        command, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "up\n"
        yield process
    finally:
        process.kill()  # it has nothing to put in order
        process.wait()
        process.stdout.close()
