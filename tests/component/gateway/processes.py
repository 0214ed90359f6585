"""Start the stub service as a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def started(*arguments: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Run `python ARGUMENTS…` until the block ends."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, **options
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def stub(name: str, amqp_url: str) -> Iterator[subprocess.Popen[str]]:
    """Run the stub service under this name; it takes calls when the block begins."""
    with started("-m", "tests.component.gateway.stub", name, amqp_url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield process
