"""Questions about closed campaigns: part by part, over schools, in parents' words, as rows.

While a campaign is open every answer here says no more than its number of answers. What is told
obeys decision 0014: whatever is hidden can't be worked out from all that is told together.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt, PositiveInt

from contracts.events.surveys import FormKind
from contracts.forms import ItemKind, Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.results import Rate, Results, Standing
from contracts.rpc.base import Request
from contracts.rpc.surveys import Campaign, Slug
from contracts.written import Short

declare({"surveys.unknown_period": 404})  # no closed campaign in scope has it; params: period

Dimension = Literal["source", "class"]
PeriodKey = Annotated[str, Field(max_length=20)]


class Figure(Model):
    """An item or a group in one part, or pooled over schools.

    scale5 items and groups have `rate`, yes_no `counts` of (yes, no), percent `mean`.
    """

    code: str
    valid: NonNegativeInt
    rate: Rate | None = None
    counts: tuple[NonNegativeInt, ...] | None = None
    mean: float | None = None


class Part(Model):
    """The answers of one source or class; `name` "" is those that named no class.

    `name` None is the pool of `pooled` parts that are too small to be told by name. `asked` sheets
    came to the items. What is not in `groups` and `items` is not told part by part.
    """

    name: str | None
    pooled: NonNegativeInt = 0
    asked: NonNegativeInt
    groups: tuple[Figure, ...]
    items: tuple[Figure, ...]


class Breakdown(Model):
    """A campaign by one dimension. `fewest`: a part is told by its name from so many sheets on.

    `parts` is empty where the parts are too small to be told, or where there is only one.
    """

    by: Dimension
    fewest: NonNegativeInt
    parts: tuple[Part, ...]


class Change(Model):
    """How much a figure grew since the last period, in percentage points.

    `low`, `high`: the 95 % interval (Newcombe 1998) of a difference of rates; None for means.
    """

    code: str
    points: float
    low: float | None = None
    high: float | None = None


class Comparison(Model):
    """The campaign before: same school, same form. Only items with the same words are compared."""

    campaign_id: UUID
    period: PeriodRef
    rate: Rate
    overall: Change | None
    items: tuple[Change, ...]
    groups: tuple[Change, ...]


class GetResults(Request):
    """`get_results` of one campaign. Raises `resource.not_found`, for one out of scope too."""

    campaign_id: UUID


class CampaignResults(Model):
    """All that staff see of a campaign. `results` is None until it is closed.

    `expectation`: the mean share of expectation met, in percent, where the form asks for it.
    """

    campaign: Campaign
    results: Results | None
    expectation: float | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    comparison: Comparison | None = None


# --- signals -----------------------------------------------------------------------------------

SignalKind = Literal["identical", "burst", "paper_gap"]


class Signal(Model):
    """Something to look at, never a verdict. `raised`: above what the district looks at.

    identical: `number` of `total` sheets gave the same answers throughout. burst: `number` of
    `total` answers came on `day`. paper_gap: the rate on paper lies `points` above that of the
    other sources, with its 95 % interval. `bound` is the share in percent from which it is raised;
    a gap is raised when its interval leaves zero out.
    """

    kind: SignalKind
    raised: bool
    number: NonNegativeInt | None = None
    total: NonNegativeInt | None = None
    percent: float | None = None
    bound: int | None = None
    day: date | None = None
    points: float | None = None
    low: float | None = None
    high: float | None = None


class GetSignals(Request):
    """`get_signals` of one campaign. Raises `resource.not_found`."""

    campaign_id: UUID


class Signals(Model):
    """Signs of pressure on parents; those that can't be judged on what may be told are left out."""

    items: tuple[Signal, ...]


# --- what parents wrote ------------------------------------------------------------------------


class ListComments(Request):
    """`list_comments` of one campaign, for the heads of its school; reading is audited.

    `search` finds words with accents or without. Raises `resource.not_found`.
    """

    campaign_id: UUID
    item: str | None = Field(default=None, max_length=16)
    search: Short = ""
    page: PositiveInt = Field(default=1, le=100_000)


class Comment(Model):
    """What one parent wrote to one item, with the day."""

    item: str
    day: date
    body: str


class CommentedItem(Model):
    """An open question; `number` of comments is None where they are too few to be shown."""

    code: str
    words: Words
    number: NonNegativeInt | None


class Comments(Model):
    """One page of comments, newest day first. `found` of all pages, `pages` of them."""

    asked: tuple[CommentedItem, ...]
    items: tuple[Comment, ...]
    found: NonNegativeInt
    pages: NonNegativeInt


# --- anonymous rows ----------------------------------------------------------------------------


class AnswerCount(Model):
    """How many gave an answer; "" is a blank or no valid one."""

    answer: str
    number: NonNegativeInt


class Column(Model):
    """One item of the rows. `linked` ones stand in `whole`, in this order.

    `rest` counts the answers of all sheets that are not in `whole`; of an item that isn't linked
    it counts all.
    """

    item: str
    kind: ItemKind
    words: Words
    linked: bool
    rest: tuple[AnswerCount, ...]


class WholeSheet(Model):
    """Answers that at least five sheets gave alike, so that they are nobody's."""

    answers: tuple[str, ...]
    number: NonNegativeInt


class GetRows(Request):
    """`get_rows` of one campaign; asking is audited. Raises `resource.not_found`."""

    campaign_id: UUID


class Rows(Model):
    """The answers of a closed campaign without anybody's sheet: see decision 0014.

    Of the sheets that are not in `whole`, at least five or none, only the columns are told.
    """

    campaign: Campaign
    sheets: NonNegativeInt
    columns: tuple[Column, ...]
    whole: tuple[WholeSheet, ...]


# --- over schools ------------------------------------------------------------------------------


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


# --- for everybody -----------------------------------------------------------------------------


class GetPublicResults(Request):
    """`get_public_results` of a campaign by its address. Raises `surveys.unknown_campaign`."""

    noted = False
    slug: str


class PublicResults(Model):
    """What everybody may read of a campaign once it is closed; before, `standing` is None."""

    slug: Slug
    school: SchoolCode
    school_title: str
    form_words: Words
    period: PeriodRef
    opens_on: date
    closed_on: date | None
    legal_basis: str
    target_percent: int
    responses: NonNegativeInt | None
    standing: Standing | None
    expectation: float | None
    results: Results | None


class GetSchoolResults(Request):
    """`get_school_results`: a school's closed campaigns. Raises `resource.not_found`."""

    noted = False
    school: str = Field(max_length=60)


class SchoolResults(Model):
    """A school's closed campaigns, newest first, without items."""

    school: SchoolCode
    school_title: str
    items: tuple[PublicResults, ...]
