"""Figures of a report: drafted from events, each with its origin; corrected with a reason."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt, StringConstraints

from contracts.forms import Words
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.rpc.base import Request, Role
from contracts.written import Sentence

declare(
    {
        "reports.unknown_figure": 404,  # params: figure
        "reports.draft_closed": 409,  # approved: its figures stand still
    }
)

FigureUnit = Literal["count", "percent"]
FigureCode = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_.-]+$")]
FigureValue = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class HandFigure(Model):
    """A value that somebody put in place of `computed`, which is what the events said then."""

    value: float
    computed: float | None
    reason: str
    by_role: Role
    by_name: str
    at: datetime


class DraftFigure(Model):
    """One figure. `value` is what the report says: the one by hand, or else the computed one.

    `computed` is None where nothing is known, or too few answered to be told. `previous` is what
    the report of the period before says, `difference` is `value` less it. `sources` counts the
    matters behind it. `corrections` are all that were made by hand, the newest last.
    """

    code: str
    words: Words
    unit: FigureUnit
    computed: float | None
    value: float | None
    previous: float | None
    difference: float | None
    by_hand: HandFigure | None
    corrections: tuple[HandFigure, ...]
    sources: NonNegativeInt


class Draft(Model):
    """The figures of a report. `frozen_at`: approved, from when on they stand still."""

    obligation_id: UUID
    period: PeriodRef
    previous_period: PeriodRef | None
    frozen_at: datetime | None
    figures: tuple[DraftFigure, ...]


class FigureEvent(Model):
    """An event that a figure came from. `matter_id` is what it tells of."""

    event_id: UUID
    name: str
    on: date
    matter_id: UUID
    correlation_id: UUID


class FigureOrigin(Model):
    """Where a figure comes from, by the day of the events.

    `matters` is how many matters were counted; those that were learnt before events were kept
    count, and have none.
    """

    code: str
    matters: NonNegativeInt
    events: tuple[FigureEvent, ...]


class GetDraft(Request):
    """`get_draft` of a report in the actor's scope. Raises `resource.not_found`."""

    obligation_id: UUID


class GetFigureOrigin(Request):
    """`get_figure_origin`. Raises `reports.unknown_figure`, `resource.not_found`."""

    obligation_id: UUID
    figure: FigureCode


class CorrectFigure(Request):
    """`correct_figure` → `Draft`: `value` None goes back to what is computed.

    Raises `reports.unknown_figure`, `reports.draft_closed`, `reports.not_drafting`,
    `reports.already_submitted`, `reports.exempted`.
    """

    obligation_id: UUID
    figure: FigureCode
    value: FigureValue | None
    reason: Sentence
