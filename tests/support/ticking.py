"""The timer of reports in a process that can be killed."""

from datetime import date, datetime, time
from multiprocessing import get_context
from multiprocessing.connection import Connection

from chassis.clock import VIETNAM
from chassis.database import make_engine
from reports.application import planning, turning
from reports.shipped import kinds
from reports.storage.unit_of_work import open_units

# A fresh process within milliseconds: the server has everything imported, and no threads.
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.support.ticking"])


def tick(url: str, pipe: Connection) -> None:
    """For each day that comes through the pipe move business time there, and run the timer.

    It is eight in the morning; answers with the day when its work is done.
    """
    now = datetime.min.replace(tzinfo=VIETNAM)
    units = open_units(make_engine(url), lambda: now, kinds())
    while True:
        day: date = pipe.recv()
        now = datetime.combine(day, time(8), VIETNAM)
        planning.plan_all(units)
        turning.turn_all(units)
        pipe.send(day)


class Replica:
    """One such process; `killed_at_work` counts how often it was killed in the middle of it.

    `name` is what its connections are called in `pg_stat_activity`.
    """

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self.killed_at_work = 0
        self._url = f"{url}?application_name={name}"
        self._start()

    def _start(self) -> None:
        self._pipe, inner = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=tick, args=(self._url, inner), daemon=True)
        self._process.start()
        inner.close()

    def begin(self, day: date) -> None:
        """Let a day begin there."""
        self._pipe.send(day)

    def answered(self) -> bool:
        """Whether the day's work is done there, without waiting for it."""
        return self._pipe.poll()

    def end(self, day: date) -> None:
        """Wait until the day's work is done there."""
        assert self._pipe.recv() == day

    def kill(self) -> None:
        """Kill it at whatever it does."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def restart(self) -> None:
        """Kill it and start it again."""
        self.kill()
        self._start()
