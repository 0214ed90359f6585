"""Results of a closed campaign, as staff may see them: exact counts, unrounded percentages."""

from pydantic import NonNegativeInt

from contracts.events.surveys import Verdict
from contracts.forms import ItemKind, Words
from contracts.model import Model


class Rate(Model):
    """An exact share and its caution. Percentages are unrounded; None where nothing is valid.

    `wilson_low`, `wilson_high`: the 95 % Wilson interval of `percent`, in percent.
    """

    satisfied: NonNegativeInt
    very_satisfied: NonNegativeInt
    valid: NonNegativeInt
    percent: float | None
    very_satisfied_percent: float | None
    mean: float | None
    wilson_low: float | None
    wilson_high: float | None


class Standing(Model):
    """How a closed campaign stands to its target.

    The verdict follows the observed rate, unrounded. `conclusive` is False where the interval
    crosses the target. `rate` is None where fewer than 5 answered: too few to show.
    `response_percent` is None when nobody said how many forms were handed out.
    """

    verdict: Verdict
    conclusive: bool
    rate: Rate | None
    response_percent: float | None


class ItemResult(Model):
    """Exact counts of one item. `hidden`: fewer than 5 valid answers, so no figure is told.

    scale5 has `counts` of levels 1–5 and `rate`; yes_no `counts` of (yes, no); percent `mean`.
    """

    item: str
    group: str
    kind: ItemKind
    words: Words
    hidden: bool
    valid: NonNegativeInt | None = None
    counts: tuple[NonNegativeInt, ...] | None = None
    rate: Rate | None = None
    mean: float | None = None


class GroupResult(Model):
    """The pooled scale items of one group; hidden when one of its items is hidden."""

    group: str
    words: Words
    hidden: bool
    rate: Rate | None = None


class Results(Model):
    """The final results of a closed campaign, item by item.

    `filtered_out` answered "no" to the filter: they are answers, but valid for no item.
    `improper_demands` counts the reports that the asking person may see.
    """

    filtered_out: NonNegativeInt | None
    improper_demands: NonNegativeInt
    lowest_item: str | None
    groups: tuple[GroupResult, ...]
    items: tuple[ItemResult, ...]
