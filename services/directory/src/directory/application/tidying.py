"""Forgets what counts no more: sessions that ended by themselves, attempts of yesterday."""

from directory.domain.sessions import Lifetime
from directory.storage.unit_of_work import Units


def tidy(units: Units, lifetime: Lifetime) -> None:
    """Delete it; one replica at a time."""
    with units.alone("directory.tidying") as work:
        if work is not None:
            work.sessions.forget_dead(work.real_now, lifetime)
            work.attempts.forget_old(work.real_now)
