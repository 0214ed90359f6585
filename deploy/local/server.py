import contextlib
import os
import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path

from deploy.local import processes
from deploy.local.errors import StackError


class Server(ABC):
    """A private server on loopback: its own folder, its own ports, its own processes.

    It is started detached, so another process of ours finds it by its folder and carries on.
    """

    title: str
    patience = 90.0  # seconds that a start may take on a machine that is busy
    quit_signal = signal.SIGTERM

    def __init__(self, home: Path) -> None:
        self.home = home
        self.mark = f"{home}/"  # of all its processes
        self.main = f"{home}/server"
        self.log = home.parent / f"{home.name}.log"

    @property
    def running(self) -> bool:
        """Whether the server's own process lives; it may still be starting."""
        return bool(processes.marked(self.main))

    def start(self) -> None:
        """Start unless it runs already; return when it answers.

        Raises StackError, with the end of the log, when it doesn't.
        """
        if not self.running:
            processes.end(self.mark, grace=0)  # what a killed start left
            self._prepare()
            self._launch()
        self._wait_ready()

    def stop(self) -> None:
        """End it in order; data stay."""
        processes.end(self.main, gently=self.quit_signal)
        processes.end(self.mark, grace=5)

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        processes.end(self.mark, grace=0)

    def restart(self) -> None:
        """Stop, then start on the same ports and data."""
        self.stop()
        self.start()

    def _wait_ready(self) -> None:
        seen = time.monotonic()
        deadline = seen + self.patience
        reason = "it did not answer"
        while time.monotonic() < deadline:
            try:
                self._probe()
            except Exception as error:  # noqa: BLE001 - whatever the client library raises means "not yet"
                reason = str(error)
            else:
                return
            if self.running:
                seen = time.monotonic()
            elif time.monotonic() > seen + 1:  # while it replaces its program it bears no mark
                reason = "it ended by itself"
                break
            time.sleep(0.1)
        raise StackError(f"{self.title} did not start: {reason}\n{self.log_tail()}")

    def log_tail(self, lines: int = 15) -> str:
        """The last lines that the server wrote."""
        with contextlib.suppress(OSError):
            text = self.log.read_text(errors="replace").splitlines()
            return "\n".join(f"    {line[:300]}" for line in text[-lines:])
        return f"    (nothing in {self.log})"

    @abstractmethod
    def _prepare(self) -> None:
        """Make data and configuration; may be repeated after being killed half-way."""

    @abstractmethod
    def _launch(self) -> None:
        """Start the process, detached."""

    @abstractmethod
    def _probe(self) -> None:
        """Raise unless the server answers."""


def plain_environment(**extra: str) -> dict[str, str]:
    """An environment in which nothing of the caller's shell changes a server's behaviour."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin", "/sbin", "/bin"])
    return {"PATH": path, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **extra}
