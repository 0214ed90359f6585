"""Starts one service as its own process, as the local stack does, and ends it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from deploy.setup.broker import asking
from tests.support.eventually import eventually


def free_port() -> int:
    """Return a loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServiceProcess:
    """`python -m <module>` with its environment; `log` holds what it wrote."""

    def __init__(self, module: str, environ: dict[str, str], log: Path) -> None:
        self.module = module
        self.log = log
        self.port = free_port()
        self._environ = os.environ | environ | {"KIPTHOI_HTTP_PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its HTTP port."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process's id; it must have been started."""
        assert self._process is not None
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it was started and ended by itself."""
        return self._process is not None and self._process.poll() is not None

    def start(self, *, wait: bool = True) -> None:
        """Start it; waits until it is ready unless told."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", self.module], env=self._environ, stdout=log, stderr=log
            )
        if wait:
            self.wait_ready()

    def wait_ready(self, timeout: float = 180) -> None:
        """Wait until it is ready."""
        eventually(
            self.is_ready, timeout=timeout, message=f"{self.module} is ready, see {self.log}"
        )

    def is_ready(self) -> bool:
        """Whether it says that it can do its work; fails at once when the process is gone."""
        if self.ended:
            raise RuntimeError(f"{self.module} ended: {self.log.read_text()[-3000:]}")
        try:
            return asking().get(f"{self.url}/health/ready", timeout=5).is_success
        except httpx.TransportError:
            return False

    def get(self, path: str) -> httpx.Response:
        """Ask its HTTP port."""
        return asking().get(f"{self.url}{path}", timeout=10)

    def signal(self, number: int) -> None:
        """Send a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> int:
        """End it as a supervisor does (SIGTERM) and return its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it as a power cut does (SIGKILL)."""
        return self._end(signal.SIGKILL)

    def _end(self, number: int) -> int:
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(number)
        code = self._process.wait(60)
        self._process = None
        return code


@contextmanager
def running(module: str, environ: dict[str, str], log: Path) -> Iterator[ServiceProcess]:
    """A started service that is gone afterwards, however the test ends."""
    process = ServiceProcess(module, environ, log)
    try:
        process.start()
        yield process
    finally:
        process.kill()
