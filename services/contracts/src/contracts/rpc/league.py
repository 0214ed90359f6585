"""Questions about closed campaigns over schools: pooled, placed, over time (decision 0014)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, NonNegativeInt, PositiveInt

from contracts.events.surveys import FormKind
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.results import Rate, Standing
from contracts.rpc.base import Request
from contracts.rpc.results import Figure

declare({"surveys.unknown_period": 404})  # no closed campaign in scope has it; params: period

PeriodKey = Annotated[str, Field(max_length=20)]


class GetLeague(Request):
    """`get_league` of the schools in scope. Default: the newest period with results.

    Raises `surveys.unknown_period`.
    """

    form: FormKind = "tthc"
    period: PeriodKey | None = None


class LeagueRow(Model):
    """One campaign. `place` counts among those with enough valid answers, equal rates sharing one.

    What has too few is listed without a place.
    """

    campaign_id: UUID
    school: SchoolCode
    school_title: str
    responses: NonNegativeInt
    handed_out: NonNegativeInt | None
    target_percent: int
    standing: Standing
    expectation: float | None
    enough: bool
    place: PositiveInt | None


class Pooled(Figure):
    """A figure pooled from the counts of `schools` campaigns: those that show it."""

    words: Words
    schools: NonNegativeInt


class TrendPoint(Model):
    """One period: the overall item pooled over `schools` campaigns."""

    period: PeriodRef
    schools: NonNegativeInt
    responses: NonNegativeInt
    rate: Rate | None


class League(Model):
    """A form's results in one period, school by school and pooled; the best rate first.

    Every total adds up counts that are shown one by one, so it tells nothing more: `left_out`
    campaigns have too few answers to be in it. `target_percent` is that of all campaigns, None
    where they differ; `response_percent` is of those that know how many forms were handed out.
    """

    form: FormKind
    period: PeriodRef | None
    periods: tuple[PeriodRef, ...]
    minimum_sample: NonNegativeInt
    target_percent: int | None
    campaigns: NonNegativeInt
    left_out: NonNegativeInt
    responses: NonNegativeInt
    response_percent: float | None
    rate: Rate | None
    expectation: float | None
    lowest_item: str | None
    groups: tuple[Pooled, ...]
    items: tuple[Pooled, ...]
    rows: tuple[LeagueRow, ...]
    trend: tuple[TrendPoint, ...]
