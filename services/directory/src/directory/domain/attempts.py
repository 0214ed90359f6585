"""How wrong passwords slow down whoever tries: for known and unknown usernames alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FREE_ATTEMPTS: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(minutes=15)
FORGOTTEN_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Attempts:
    """Attempts on one username since the last success; counted before the password is looked at."""

    count: int
    last_at: datetime

    def blocked_until(self) -> datetime | None:
        """Return when the next attempt may be made, None when at once.

        The sixth attempt waits 30 seconds, each one after that twice as long, at most 15 minutes.
        """
        if self.count < FREE_ATTEMPTS:
            return None
        # The exponent is bounded: the pause is the longest one long before.
        pause = FIRST_PAUSE * (1 << min(self.count - FREE_ATTEMPTS, 10))
        return self.last_at + min(pause, LONGEST_PAUSE)


def wait(attempts: Attempts | None, now: datetime) -> timedelta | None:
    """Return how long the next attempt still has to wait, None when not at all."""
    until = attempts.blocked_until() if attempts else None
    return until - now if until is not None and until > now else None


def one_more(attempts: Attempts | None, now: datetime) -> Attempts:
    """Count an attempt; those of yesterday are forgotten."""
    if attempts is None or now - attempts.last_at >= FORGOTTEN_AFTER:
        return Attempts(1, now)
    return Attempts(attempts.count + 1, now)
