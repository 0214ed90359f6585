"""Figures of items and groups, the same for a part of a campaign and for many pooled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from contracts.forms import Form, Item
from contracts.rpc.results import Breakdown, Change, Dimension, Figure, Part
from surveys.domain import breaking_down
from surveys.domain.breaking_down import FEWEST, Cuts
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.showing import show_rate
from surveys.domain.statistics import Scale, difference
from surveys.domain.tally import Tally


def item_figure(tally: Tally, item: Item) -> Figure:
    """Return an item's figure; the caller has made sure that it may be told."""
    valid = tally.valid(item)
    if item.kind == "scale5":
        return Figure(code=item.code, valid=valid, rate=show_rate(tally.scale(item.code)))
    if item.kind == "yes_no":
        return Figure(code=item.code, valid=valid, counts=tally.yes_no(item.code))
    mean = percent_mean(tally, item)
    return Figure(code=item.code, valid=valid, mean=float(mean) if mean is not None else None)


def percent_mean(tally: Tally, item: Item) -> Fraction | None:
    """Return the exact mean of a percent item; None where nobody gave one."""
    number, total = tally.percents(item.code)
    return Fraction(total, number) if number else None


def expectation(tally: Tally) -> float | None:
    """Return the mean share of expectation met, in percent; None where too few said one."""
    item = tally.expectation
    if item is None or tally.valid(item) < FEWEST_SHOWN:
        return None
    mean = percent_mean(tally, item)
    return float(mean) if mean is not None else None


def scales_of(form: Form) -> Mapping[str, Sequence[str]]:
    """Return group → codes of its five-level items, for groups that have some."""
    found: dict[str, list[str]] = {}
    for group, item in form.scale_items():
        found.setdefault(group.code, []).append(item.code)
    return found


def pooled_scale(tally: Tally, codes: Iterable[str]) -> Scale:
    """Return the counts of several items together."""
    return Scale.pooled(map(tally.scale, codes))


def show_breakdowns(form: Form, cuts: Cuts, wanted: Collection[Dimension]) -> tuple[Breakdown, ...]:
    """Return the dimensions that are wanted, each with the parts that may be told."""
    return tuple(
        Breakdown(
            by=dimension,
            fewest=FEWEST[dimension],
            parts=tuple(_part(form, one, cuts.items) for one in cuts.parts.get(dimension, ())),
        )
        for dimension in FEWEST
        if dimension in wanted
    )


def _part(form: Form, part: breaking_down.Part, told: Collection[str]) -> Part:
    groups = []
    for group, codes in scales_of(form).items():
        if all(code in told for code in codes):
            scale = pooled_scale(part.tally, codes)
            groups.append(Figure(code=group, valid=scale.valid, rate=show_rate(scale)))
    return Part(
        name=part.name,
        pooled=part.pooled,
        asked=part.asked,
        groups=tuple(groups),
        items=tuple(
            item_figure(part.tally, item) for _, item in form.placed_items() if item.code in told
        ),
    )


def item_changes(before: Tally, now: Tally, shown: Collection[str]) -> Iterable[Change]:
    """Yield how items changed that ask the same in both; `shown` are those that both show."""
    asked_before = {item.code: item for _, item in before.form.placed_items()}
    for _, item in now.form.placed_items():
        old = asked_before.get(item.code)
        if item.code not in shown or old is None or old.words.vi != item.words.vi:
            continue
        if item.kind == "scale5":
            change = rate_change(item.code, before.scale(item.code), now.scale(item.code))
            if change is not None:
                yield change
        elif item.kind == "percent":
            old_mean, new_mean = percent_mean(before, item), percent_mean(now, item)
            if old_mean is not None and new_mean is not None:
                yield Change(code=item.code, points=float(new_mean - old_mean))


def group_changes(before: Tally, now: Tally, shown: Collection[str]) -> Iterable[Change]:
    """Yield how groups changed that hold the same items in both, all of them shown."""
    groups_before = scales_of(before.form)
    for group, codes in scales_of(now.form).items():
        if groups_before.get(group) == codes and all(code in shown for code in codes):
            change = rate_change(group, pooled_scale(before, codes), pooled_scale(now, codes))
            if change is not None:
                yield change


def rate_change(code: str, before: Scale, now: Scale) -> Change | None:
    """Return by how many percentage points a rate grew, with its interval."""
    grown = difference(before, now)
    if grown is None:
        return None
    points, low, high = (100 * share for share in grown)
    return Change(code=code, points=points, low=low, high=high)
