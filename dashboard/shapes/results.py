from typing import TypedDict

from dashboard.shapes.surveys import Period, Rate, Said, Standing


class Figure(TypedDict):
    """An item or a group in one part."""

    code: str
    valid: int
    rate: Rate | None
    counts: list[int] | None
    mean: float | None


class Part(TypedDict):
    """One source or class; its name is None for the pool of small ones, "" for no class."""

    name: str | None
    pooled: int
    asked: int
    groups: list[Figure]
    items: list[Figure]


class Breakdown(TypedDict):
    """A campaign by source or class; no parts where they are too small to be told."""

    by: str
    fewest: int
    parts: list[Part]


class Change(TypedDict):
    """By how many percentage points a figure grew, with its interval."""

    code: str
    points: float
    low: float | None
    high: float | None


class Comparison(TypedDict):
    """The campaign before."""

    campaign_id: str
    period: Period
    rate: Rate
    overall: Change | None
    items: list[Change]
    groups: list[Change]


class CampaignResults(TypedDict):
    """A campaign part by part and beside the period before."""

    expectation: float | None
    breakdowns: list[Breakdown]
    comparison: Comparison | None


class Signal(TypedDict):
    """Something worth a look, never a verdict."""

    kind: str
    raised: bool
    number: int | None
    total: int | None
    percent: float | None
    bound: int | None
    day: str | None
    points: float | None
    low: float | None
    high: float | None


class Signals(TypedDict):
    """What is worth a look in a campaign."""

    items: list[Signal]


class Comment(TypedDict):
    """What one parent wrote."""

    item: str
    day: str
    body: str
    comment_id: str | None


class CommentedItem(TypedDict):
    """An open question; no number where fewer than five wrote something."""

    code: str
    words: Said
    number: int | None


class Comments(TypedDict):
    """One page of comments."""

    asked: list[CommentedItem]
    items: list[Comment]
    found: int
    pages: int
    erased_on: str | None


class LeagueRow(TypedDict):
    """One campaign among those of a period."""

    campaign_id: str
    school: str
    school_title: str
    responses: int
    handed_out: int | None
    target_percent: int
    standing: Standing
    expectation: float | None
    enough: bool
    place: int | None


class Pooled(TypedDict):
    """An item or a group pooled over schools."""

    code: str
    words: Said
    schools: int
    valid: int
    rate: Rate | None
    counts: list[int] | None
    mean: float | None


class TrendPoint(TypedDict):
    """One period, pooled."""

    period: Period
    schools: int
    responses: int
    rate: Rate | None


class League(TypedDict):
    """A form's results in a period, pooled and school by school."""

    form: str
    period: Period | None
    periods: list[Period]
    minimum_sample: int
    target_percent: int | None
    campaigns: int
    left_out: int
    responses: int
    response_percent: float | None
    rate: Rate | None
    expectation: float | None
    lowest_item: str | None
    groups: list[Pooled]
    items: list[Pooled]
    rows: list[LeagueRow]
    trend: list[TrendPoint]
