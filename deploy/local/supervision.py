"""The supervisor that keeps the services running: its configuration, and talking to it."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from deploy.local import processes
from deploy.local.errors import StackError
from deploy.local.folder import REPOSITORY
from deploy.local.server import Server

STILL_GOING = {"RUNNING", "STARTING"}


class Supervisor(Server):
    """One supervisord per stack, reached by a socket that only its owner may open."""

    title = "The supervisor"
    patience = 20.0

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._socket = home / "socket"

    def states(self) -> dict[str, str]:
        """Each process's state; empty when the supervisor doesn't run."""
        try:
            return {info["name"]: info["statename"] for info in self._call("getAllProcessInfo")}
        except (OSError, HTTPException):
            return {}

    def end_orphans(self) -> None:
        """End what a supervisor that was killed left behind: it holds ports and can't log."""
        if not self.states():
            processes.end(self.mark, grace=5)

    def apply(self, programs: Mapping[str, tuple[str, Mapping[str, str]]]) -> Sequence[str]:
        """Run exactly these (name → command, environment); returns the names that were started.

        What runs with the same command and environment is left alone.
        """
        self.home.mkdir(mode=0o700, exist_ok=True)
        (self.home / "logs").mkdir(exist_ok=True)
        self._write(programs)
        if not self.states():
            self.end_orphans()
            self.start()
        before = self.states()
        added, changed, removed = self._call("reloadConfig")[0]
        for name in (*changed, *removed):
            self._call("stopProcessGroup", name)
            self._call("removeProcessGroup", name)
        for name in (*added, *changed):
            self._call("addProcessGroup", name)
        for name, state in self.states().items():
            if state not in STILL_GOING:
                self._begin(name)
        return [name for name in programs if name in changed or before.get(name) != "RUNNING"]

    def stop(self) -> None:
        """End its processes all at once, where it would end one after another; then itself."""
        with suppress(OSError, HTTPException, Fault):
            self._call("stopAllProcesses")
        super().stop()

    def tail(self, name: str, lines: int = 12) -> str:
        """The last lines that a process wrote."""
        log = self.home / "logs" / f"{name}.log"
        text = log.read_text(errors="replace").splitlines() if log.exists() else []
        return "\n".join(f"    {line[:300]}" for line in text[-lines:])

    def _begin(self, name: str) -> None:
        try:
            self._call("startProcess", name, False)
        except Fault as fault:
            raise StackError(f"{name} did not start: {fault.faultString}") from None

    def _call(self, method: str, *arguments: object) -> Any:
        transport = SupervisorTransport(None, None, serverurl=f"unix://{self._socket}")
        with ServerProxy("http://127.0.0.1", transport=transport) as server:
            return getattr(server.supervisor, method)(*arguments)

    def _write(self, programs: Mapping[str, tuple[str, Mapping[str, str]]]) -> None:
        text = (
            f"[unix_http_server]\nfile={self._socket}\nchmod=0700\n"
            f"[supervisord]\nnodaemon=true\npidfile={self.home}/pid\nlogfile=/dev/null\n"
            f"logfile_maxbytes=0\nchildlogdir={self.home}/logs\n"
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n"
        )
        for name, (command, environment) in programs.items():
            pairs = ",".join(f'{key}="{value}"' for key, value in environment.items())
            text += (
                f"[program:{name}]\ncommand={command}\nenvironment={pairs.replace('%', '%%')}\n"
                "autostart=false\nautorestart=true\nstartsecs=1\nstartretries=5\n"
                "stopwaitsecs=20\nkillasgroup=true\nredirect_stderr=true\n"
                f"stdout_logfile={self.home}/logs/{name}.log\n"
                "stdout_logfile_maxbytes=10MB\nstdout_logfile_backups=1\n"
            )
        making = self.home / "supervisord.new"
        making.touch(mode=0o600)
        making.write_text(text)
        making.rename(self.home / "supervisord.conf")

    def _prepare(self) -> None:
        self._socket.unlink(missing_ok=True)

    def _launch(self) -> None:
        # Commands and paths in the configuration are relative to these two, since the clone's own
        # path may hold characters that mean something there.
        here = Path(sys.executable).parent
        environment = {
            **{key: value for key, value in os.environ.items() if not _of_ours(key)},
            "PATH": f"{here}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
        }
        processes.spawn(
            self.main,
            [sys.executable, "-m", "supervisor.supervisord", "-c", f"{self.home}/supervisord.conf"],
            env=environment,
            log=self.log,
            cwd=REPOSITORY,
        )

    def _probe(self) -> None:
        self._call("getState")


def _of_ours(variable: str) -> bool:
    return variable.startswith(("KIPTHOI_", "AMQP_", "STREAMLIT_", "MAKE", "MFLAGS"))
