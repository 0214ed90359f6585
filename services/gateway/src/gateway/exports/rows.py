"""Anonymous rows: whole sheets that many gave alike, then columns that are shuffled one by one."""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Final

from contracts.rpc.rows import Column, Rows
from gateway.exports.facts import facts, said
from gateway.spreadsheets import Table, Value
from gateway.words import Language, say

Shuffle = Callable[[list[str]], None]
SHUFFLE: Final[Shuffle] = random.SystemRandom().shuffle


def tables(language: Language, told: Rows, shuffle: Shuffle = SHUFFLE) -> Sequence[Table]:
    """Return the sheets: what rows are and are not, then the rows."""
    return (
        facts(language, told.campaign, say(language, "export.rows_note")),
        Table(
            say(language, "export.rows"),
            [
                say(language, "export.row_kind"),
                *(f"{one.item}. {said(language, one.words)}" for one in told.columns),
            ],
            list(_rows(language, told, shuffle)),
        ),
    )


def _rows(language: Language, told: Rows, shuffle: Shuffle) -> Iterator[Sequence[Value]]:
    whole = sum(one.number for one in told.whole)
    columns = [_column(told, one, shuffle) for one in told.columns]
    names = chain(
        repeat(say(language, "export.row_whole"), whole),
        repeat(say(language, "export.row_shuffled"), told.sheets - whole),
    )
    if columns:
        yield from zip(names, *columns, strict=True)


def _column(told: Rows, column: Column, shuffle: Shuffle) -> list[Value]:
    """Return a column from top to bottom."""
    rest = [answer for one in column.rest for answer in repeat(one.answer, one.number)]
    shuffle(rest)
    if not column.linked:
        return [_value(column, answer) for answer in rest]
    place = [one.item for one in told.columns if one.linked].index(column.item)
    whole = [answer for one in told.whole for answer in repeat(one.answers[place], one.number)]
    return [_value(column, answer) for answer in (*whole, *rest)]


def _value(column: Column, answer: str) -> Value:
    numeric = column.kind in {"scale5", "percent"} and answer
    return int(answer) if numeric else answer
