"""The results of a campaign as one long table: a row for each figure, whole and part by part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from contracts.results import ItemResult, Rate
from contracts.rpc.results import Breakdown, CampaignResults, Change, Figure, Part
from gateway.exports.facts import facts, said
from gateway.spreadsheets import Table, Value
from gateway.words import Language, say

HEAD: Final = (
    "scope",
    "part",
    "kind",
    "code",
    "words",
    "valid",
    "level1",
    "level2",
    "level3",
    "level4",
    "level5",
    "yes",
    "no",
    "satisfied",
    "percent",
    "low",
    "high",
    "very_percent",
    "mean",
    "change",
    "change_low",
    "change_high",
)
Row = dict[str, Value]


def tables(language: Language, told: CampaignResults) -> Sequence[Table]:
    """Return the sheets; of an open campaign the table is empty."""
    rows = list(_rows(language, told))
    return (
        facts(language, told.campaign, say(language, "export.results_note")),
        Table(
            say(language, "export.results"),
            [say(language, f"export.head.{name}") for name in HEAD],
            [[row.get(name) for name in HEAD] for row in rows],
        ),
    )


def _rows(language: Language, told: CampaignResults) -> Iterator[Row]:
    if told.results is None:
        return
    changes = _changes(told)
    whole: Row = {"scope": say(language, "export.whole")}
    groups = {group.group: said(language, group.words) for group in told.results.groups}
    items = {item.item: said(language, item.words) for item in told.results.items}
    for group in told.results.groups:
        yield (
            whole
            | {"kind": say(language, "export.group"), "code": group.group}
            | {"words": groups[group.group]}
            | (_rate(group.rate) if group.rate else _hidden(language))
            | changes.get(group.group, {})
        )
    for item in told.results.items:
        yield (
            whole
            | {"kind": say(language, "export.item"), "code": item.item}
            | {"words": items[item.item]}
            | (_hidden(language) if item.hidden else _item(item))
            | changes.get(item.item, {})
        )
    for breakdown in told.breakdowns:
        for part in breakdown.parts:
            yield from _part(language, breakdown, part, groups, items)


def _part(
    language: Language,
    breakdown: Breakdown,
    part: Part,
    groups: Mapping[str, str],
    items: Mapping[str, str],
) -> Iterator[Row]:
    head: Row = {
        "scope": say(language, f"export.by.{breakdown.by}"),
        "part": part_name(language, breakdown, part),
    }
    for kind, figures, words in (("group", part.groups, groups), ("item", part.items, items)):
        for figure in figures:
            yield (
                head
                | {"kind": say(language, f"export.{kind}"), "code": figure.code}
                | {"words": words.get(figure.code, figure.code)}
                | _figure(figure)
            )


def part_name(language: Language, breakdown: Breakdown, part: Part) -> str:
    """Return how a part is called: a source in words, a class by its code, or the pool."""
    if part.name is None:
        return say(language, "export.pool", {"number": part.pooled, "fewest": breakdown.fewest})
    if breakdown.by == "source":
        return say(language, f"source.{part.name}")
    return part.name or say(language, "export.no_class")


def _hidden(language: Language) -> Row:
    return {"valid": say(language, "export.hidden")}


def _item(item: ItemResult) -> Row:
    row: Row = {"valid": item.valid, "mean": item.mean}
    if item.rate is not None:
        row |= _rate(item.rate)
    if item.kind == "yes_no" and item.counts is not None:
        row |= dict(zip(("yes", "no"), item.counts, strict=True))
    elif item.counts is not None:
        row |= {f"level{level}": number for level, number in enumerate(item.counts, 1)}
    return row


def _figure(figure: Figure) -> Row:
    row: Row = {"valid": figure.valid, "mean": figure.mean}
    if figure.rate is not None:
        row |= _rate(figure.rate)
    if figure.counts is not None:
        row |= dict(zip(("yes", "no"), figure.counts, strict=True))
    return row


def _rate(rate: Rate) -> Row:
    return {
        "valid": rate.valid,
        "satisfied": rate.satisfied,
        "percent": rate.percent,
        "low": rate.wilson_low,
        "high": rate.wilson_high,
        "very_percent": rate.very_satisfied_percent,
        "mean": rate.mean,
    }


def _changes(told: CampaignResults) -> dict[str, Row]:
    compared = told.comparison
    found: list[Change] = [*compared.groups, *compared.items] if compared else []
    return {
        one.code: {"change": one.points, "change_low": one.low, "change_high": one.high}
        for one in found
    }
