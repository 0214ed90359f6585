"""Business time: real, or moved by a file so that a quarter can be played in a minute."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """Return now, in UTC. Latencies, sessions and retries use this one."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def day_alone(moment: datetime) -> datetime:
    """Return the first moment of its day in Vietnam: how a time is kept that says its day alone."""
    return datetime.combine(local_day(moment), time(), VIETNAM)


def exact(moment: datetime) -> datetime | None:
    """Return the moment, or None where it says its day alone."""
    return None if moment == day_alone(moment) else moment


class MovableClock:
    """Business time = real time + the seconds that a file holds; no file, no offset.

    The file is read anew whenever its modification time changes, so that every process that names
    it moves at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = -1
        self._offset = timedelta()

    def __call__(self) -> datetime:
        try:
            stamp = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return real_clock()
        if stamp != self._stamp:
            self._offset = timedelta(seconds=float(self._path.read_text(encoding="ascii")))
            self._stamp = stamp
        return real_clock() + self._offset


def business_clock(env: str, clock_file: str | None) -> Clock:
    """Return the clock of business time; raises `ValueError` for a moved clock in production."""
    if not clock_file:
        return real_clock
    if env not in {"local", "test"}:
        raise ValueError("KIPTHOI_CLOCK_FILE is refused outside the local stack and tests")
    return MovableClock(Path(clock_file))
