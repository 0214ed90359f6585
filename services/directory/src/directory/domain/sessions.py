"""How long a session lives: real time, whatever business time does."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Lifetime:
    """A session ends `idle` after its last use, and `absolute` after the login in any case."""

    idle: timedelta = timedelta(hours=2)
    absolute: timedelta = timedelta(hours=12)

    def alive(self, now: datetime, *, opened_at: datetime, used_at: datetime) -> bool:
        """Whether a session still counts."""
        return now < opened_at + self.absolute and now < used_at + self.idle
