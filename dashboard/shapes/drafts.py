"""A report's figures as the gateway answers."""

from typing import TypedDict

from dashboard.shapes.surveys import Period, Said


class HandFigure(TypedDict):
    """A value by hand; `computed` is what the events said then."""

    value: float
    computed: float | None
    reason: str
    by_name: str
    at: str


class DraftFigure(TypedDict):
    """One figure beside that of the period before."""

    code: str
    words: Said
    unit: str
    computed: float | None
    value: float | None
    previous: float | None
    difference: float | None
    by_hand: HandFigure | None
    sources: int


class Draft(TypedDict):
    """The figures of a report."""

    previous_period: Period | None
    frozen_at: str | None
    figures: list[DraftFigure]


class FigureEvent(TypedDict):
    """An event that a figure came from."""

    name: str
    on: str
    correlation_id: str


class FigureOrigin(TypedDict):
    """Where a figure comes from."""

    matters: int
    events: list[FigureEvent]
