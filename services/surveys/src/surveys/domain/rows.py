"""Rows of answers that are nobody's sheet: what at least five gave alike, and columns apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from contracts.answers import Answer
from contracts.forms import NO_OPINION, NOT_APPLICABLE, Item
from contracts.rpc.rows import AnswerCount, WholeSheet
from surveys.domain.breaking_down import Cuts
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.tally import Tally

BLANK: Final = ""
LINKABLE: Final = frozenset({"scale5", "yes_no"})


def row_items(tally: Tally) -> list[Item]:
    """Return the columns: the filter and the items whose figures are shown to all staff."""
    form = tally.form
    shown = tally.shown(FEWEST_SHOWN)
    items = [item for _, item in form.placed_items() if item.code in shown]
    own_filter = form.filter if tally.filter_valid >= FEWEST_SHOWN else None
    return [own_filter, *items] if own_filter is not None else items


def linked_items(tally: Tally, cuts: Cuts) -> list[Item]:
    """Return the columns whose answers may stand side by side in a row.

    An item that some breakdown keeps back stays alone: side by side with others its answers could
    be placed. So does a percentage, of which nearly everybody has one of their own.
    """
    own_filter = tally.form.filter
    return [
        item
        for item in row_items(tally)
        if item.kind in LINKABLE and (item.code in cuts.items or item == own_filter)
    ]


def sheet_of(items: Sequence[Item], answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return a sheet's valid answers to the items, "" for the others."""
    return tuple(_valid(str(answers.get(item.code, BLANK))) for item in items)


def spared(alike: Mapping[tuple[str, ...], int], sheets: int) -> list[WholeSheet]:
    """Return the sheets to tell whole, the most frequent first; the others are five or none.

    Fewer than five others could be told from the columns less the whole sheets, so the rarest
    whole sheets join them.
    """
    told = sorted(
        (one for one in alike.items() if one[1] >= FEWEST_SHOWN),
        key=lambda one: (-one[1], one[0]),
    )
    others = sheets - sum(number for _, number in told)
    while told and 0 < others < FEWEST_SHOWN:
        others += told.pop()[1]
    return [WholeSheet(answers=answers, number=number) for answers, number in told]


def column_rest(
    tally: Tally, item: Item, linked: Sequence[Item], whole: Sequence[WholeSheet]
) -> tuple[AnswerCount, ...]:
    """Return how often each answer to an item stands outside of the whole sheets."""
    counts: Counter[str] = Counter()
    for (code, answer), number in tally.numbers.items():
        if code == item.code and _valid(answer):
            counts[answer] += number
    counts[BLANK] = tally.responses - counts.total()
    if item in linked:
        place = linked.index(item)
        for one in whole:
            counts[one.answers[place]] -= one.number
    return tuple(
        AnswerCount(answer=answer, number=number)
        for answer, number in sorted(counts.items())
        if number
    )


def _valid(answer: str) -> str:
    return BLANK if answer in {NO_OPINION, NOT_APPLICABLE} else answer
