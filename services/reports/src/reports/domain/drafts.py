"""The figures of a report, out of the matters that the events told of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.forms import Words
from contracts.rpc.base import Role
from contracts.rpc.drafts import FigureUnit
from workdays import Period, window

SURPRISE = "surprise"
# Kinds of remedy that have a figure of their own.
REMEDIES_TOLD = ("posting", "training")


@dataclass(frozen=True)
class FigureKind:
    """What a figure is called, and whether it is a number of things or a share."""

    code: str
    words: Words
    unit: FigureUnit


@dataclass(frozen=True)
class Matter:
    """Where an inspection, finding, remedy, improvement task or petition stands."""

    matter_id: UUID
    sort: str
    kind: str | None
    state: str
    opened_on: date | None
    ended_on: date | None
    late_working_days: int | None


@dataclass(frozen=True)
class Figure:
    """A computed figure and the matters behind it."""

    value: float | None
    sources: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Correction:
    """A value by hand; None goes back to what is computed, which was `computed` then."""

    code: str
    value: float | None
    computed: float | None
    reason: str
    by_role: Role
    by_name: str
    at: datetime


def previous(period: Period) -> Period:
    """Return the period before: the last quarter or month, otherwise the same one a year ago."""
    if period.kind in {"quarter", "month"} and period.index > 1:
        return window(period.kind, period.year, period.index - 1)
    last = {"quarter": 4, "month": 12}.get(period.kind, 0)
    return window(period.kind, period.year - 1, last)


def counted(sources: Iterable[UUID]) -> Figure:
    """Return how many matters there are."""
    listed = tuple(sources)
    return Figure(float(len(listed)), listed)


def matter_figures(matters: Iterable[Matter], first: date, last: date) -> dict[str, Figure]:
    """Return the figures of inspections and what follows, and petitions, from a day to a day.

    What waits is counted as it stood on the last day.
    """
    found: dict[str, list[UUID]] = {code: [] for code in _COUNTED}
    for matter in matters:
        for code in _codes(matter, first, last):
            found[code].append(matter.matter_id)
    return {code: counted(sources) for code, sources in found.items()}


_COUNTED = (
    "inspections.completed",
    "inspections.surprise",
    "findings.recorded",
    "remedies.closed",
    "remedies.closed_late",
    "remedies.waiting",
    "remedies.posting",
    "remedies.training",
    "improvement.assigned",
    "petitions.received",
    "petitions.answered",
    "petitions.answered_late",
    "petitions.waiting",
)


def _codes(matter: Matter, first: date, last: date) -> Iterable[str]:
    opened = matter.opened_on is not None and first <= matter.opened_on <= last
    ended = matter.ended_on is not None and first <= matter.ended_on <= last
    late = bool(matter.late_working_days)
    waits = (
        matter.opened_on is not None
        and matter.opened_on <= last
        and (matter.ended_on is None or matter.ended_on > last)
    )
    told = {
        "inspection": {
            "inspections.completed": ended and matter.state == "completed",
            "inspections.surprise": ended
            and matter.state == "completed"
            and matter.kind == SURPRISE,
        },
        "finding": {"findings.recorded": opened},
        "remedy": {
            "remedies.closed": ended,
            "remedies.closed_late": ended and late,
            "remedies.waiting": waits,
            **{f"remedies.{kind}": ended and matter.kind == kind for kind in REMEDIES_TOLD},
        },
        "improvement_task": {"improvement.assigned": opened},
        "petition": {
            "petitions.received": opened,
            "petitions.answered": ended,
            "petitions.answered_late": ended and late,
            "petitions.waiting": waits,
        },
    }
    return [code for code, true in told.get(matter.sort, {}).items() if true]
