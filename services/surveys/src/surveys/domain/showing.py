"""What staff may see of a tally: figures of fewer than five answers stay hidden."""

from fractions import Fraction

from contracts.events.surveys import Verdict
from contracts.forms import Form, Item
from contracts.results import GroupResult, ItemResult, Rate, Results, Standing
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.statistics import Scale, conclusive, verdict, wilson
from surveys.domain.tally import Tally


def show_rate(scale: Scale) -> Rate:
    """Return the figures of a scale, percentages unrounded."""
    interval = wilson(scale.satisfied, scale.valid)
    return Rate(
        satisfied=scale.satisfied,
        very_satisfied=scale.very_satisfied,
        valid=scale.valid,
        percent=_percent(scale.rate),
        very_satisfied_percent=_percent(scale.very_satisfied_share),
        mean=float(scale.mean) if scale.mean is not None else None,
        wilson_low=100 * interval[0] if interval else None,
        wilson_high=100 * interval[1] if interval else None,
    )


def judge(overall: Scale, target_percent: int) -> tuple[Verdict, bool]:
    """Return the verdict that is told, and whether it is conclusive.

    A verdict on fewer than five answers would tell what they said, and so would an improvement
    task that follows from it: there is none.
    """
    if overall.valid < FEWEST_SHOWN:
        return "no_answers", False
    return verdict(overall, target_percent), conclusive(overall, target_percent)


def show_standing(tally: Tally, target_percent: int, handed_out: int | None) -> Standing:
    """Return the verdict with its caution."""
    overall = tally.overall
    judged, sure = judge(overall, target_percent)
    return Standing(
        verdict=judged,
        conclusive=sure,
        rate=show_rate(overall) if overall.valid >= FEWEST_SHOWN else None,
        response_percent=100 * tally.responses / handed_out if handed_out else None,
    )


def show_results(tally: Tally, *, improper_demands: int, with_demand_item: bool) -> Results:
    """Return all results of a campaign.

    `with_demand_item`: whether the counts of the item that asks about improper demands are told;
    a head would otherwise read from them that there is a report about the head.
    """
    form = tally.form
    hidden = {
        item.code
        for _, item in form.placed_items()
        if item.kind != "text"
        and (
            tally.valid(item) < FEWEST_SHOWN or (item.code == form.demand and not with_demand_item)
        )
    }
    return Results(
        filtered_out=tally.filtered_out if tally.filter_valid >= FEWEST_SHOWN else None,
        improper_demands=improper_demands,
        lowest_item=_lowest(tally, hidden),
        groups=tuple(_group(tally, form, hidden)),
        items=tuple(
            _item(tally, group.code, item, hidden=item.code in hidden)
            for group, item in form.placed_items()
            if item.kind != "text"
        ),
    )


def _item(tally: Tally, group: str, item: Item, *, hidden: bool) -> ItemResult:
    shown = ItemResult(item=item.code, group=group, kind=item.kind, words=item.words, hidden=hidden)
    if hidden:
        return shown
    if item.kind == "scale5":
        scale = tally.scale(item.code)
        told = {"valid": scale.valid, "counts": scale.counts, "rate": show_rate(scale)}
    elif item.kind == "yes_no":
        told = {"valid": tally.valid(item), "counts": tally.yes_no(item.code)}
    else:
        number, total = tally.percents(item.code)
        told = {"valid": number, "mean": total / number}
    return shown.model_copy(update=told)


def _group(tally: Tally, form: Form, hidden: set[str]) -> list[GroupResult]:
    shown = []
    for group in form.groups:
        codes = [item.code for item in group.items if item.kind == "scale5"]
        if not codes:
            continue
        secret = any(code in hidden for code in codes)
        rate = None if secret else show_rate(Scale.pooled(map(tally.scale, codes)))
        shown.append(GroupResult(group=group.code, words=group.words, hidden=secret, rate=rate))
    return shown


def _lowest(tally: Tally, hidden: set[str]) -> str | None:
    """Return the shown item with the lowest rate, by lower mean where rates are equal."""
    rated = [
        (scale.rate, scale.mean, item.code)
        for _, item in tally.form.scale_items()
        if item.code not in hidden and (scale := tally.scale(item.code)).valid
    ]
    return min(rated)[2] if rated else None


def _percent(share: Fraction | None) -> float | None:
    return float(100 * share) if share is not None else None
