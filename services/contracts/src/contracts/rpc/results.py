"""Questions about one closed campaign: whole, part by part, beside the one before, worth a look.

While a campaign is open every answer here says no more than its number of answers. What is told
obeys decision 0014: whatever is hidden can't be worked out from all that is told together.
"""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt

from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.results import Rate, Results
from contracts.rpc.base import Request
from contracts.rpc.surveys import Campaign

Dimension = Literal["source", "class"]


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
