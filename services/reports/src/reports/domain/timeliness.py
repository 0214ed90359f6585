"""How obligations stand: on time, late, overdue, open; and the share on time."""

from collections.abc import Mapping
from typing import Literal

from contracts.rpc.figures import Timeliness
from contracts.rpc.obligations import ObligationState
from reports.domain.obligations import WAITING

Standing = Literal["on_time", "late", "overdue", "open", "exempt"]


def standing(state: ObligationState, late_working_days: int | None) -> Standing:
    """Return how an obligation stands; a submitted one by its first submission, for good."""
    if state == "exempt":
        return "exempt"
    if state in WAITING:
        return "overdue" if state == "overdue" else "open"
    return "late" if late_working_days else "on_time"


def on_time_share(on_time: int, late: int, overdue: int) -> float | None:
    """Return on time ÷ (submitted or overdue), 0 to 1; None where nothing was due."""
    due = on_time + late + overdue
    return on_time / due if due else None


def timeliness(counts: Mapping[Standing, int]) -> Timeliness:
    """Return the counts with the share on time in percent."""
    by: dict[Standing, int] = dict(counts)
    share = on_time_share(by.get("on_time", 0), by.get("late", 0), by.get("overdue", 0))
    return Timeliness(
        on_time=by.get("on_time", 0),
        late=by.get("late", 0),
        overdue=by.get("overdue", 0),
        open=by.get("open", 0),
        exempt=by.get("exempt", 0),
        on_time_percent=None if share is None else 100 * share,
    )
