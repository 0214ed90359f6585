"""Move the business clock of a stack: its file holds the seconds to add to real time."""

from datetime import UTC, datetime
from pathlib import Path


def set_business_time(path: Path, moment: datetime) -> None:
    """Make it `moment` (with a time zone) now; the clock goes on from there."""
    _write(path, (moment - datetime.now(UTC)).total_seconds())


def reset_business_time(path: Path) -> None:
    """Make business time real time again."""
    _write(path, 0.0)


def _write(path: Path, offset: float) -> None:
    making = path.with_name(f"{path.name}.new")
    making.write_text(f"{offset!r}\n", encoding="ascii")
    making.replace(path)  # readers see the old offset or the new one, never half of it
