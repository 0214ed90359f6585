"""A form's results school by school, as a table."""

from collections.abc import Sequence
from typing import Final

from contracts.results import Rate
from contracts.rpc.league import League
from gateway.spreadsheets import Table, Value
from gateway.words import Language, say

HEAD: Final = (
    "place",
    "school",
    "responses",
    "handed_out",
    "response_percent",
    "valid",
    "satisfied",
    "percent",
    "low",
    "high",
    "very_percent",
    "mean",
    "expectation",
    "verdict",
)


def tables(language: Language, league: League) -> Sequence[Table]:
    """Return the sheet: a row for each campaign, the pooled figures last."""
    rows: list[list[Value]] = []
    for one in league.rows:
        rate = one.standing.rate
        rows.append(
            [
                one.place,
                one.school_title,
                one.responses,
                one.handed_out,
                one.standing.response_percent,
                *_rate(rate),
                one.expectation,
                say(language, f"verdict.{one.standing.verdict}"),
            ]
        )
    rows.append(
        [
            None,
            say(language, "export.pooled"),
            league.responses,
            None,
            league.response_percent,
            *_rate(league.rate),
            league.expectation,
            None,
        ]
    )
    head = [say(language, f"export.head.{name}") for name in HEAD]
    return (Table(say(language, "export.league"), head, rows),)


def _rate(rate: Rate | None) -> list[Value]:
    if rate is None:
        return [None] * 7
    return [
        rate.valid,
        rate.satisfied,
        rate.percent,
        rate.wilson_low,
        rate.wilson_high,
        rate.very_satisfied_percent,
        rate.mean,
    ]
