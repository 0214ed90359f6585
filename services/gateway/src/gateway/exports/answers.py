"""The answers to a request as a table: a row for each that was asked, the sums last."""

from collections.abc import Sequence
from typing import Final

from contracts.rpc.requests import Addressee, FigureRequestDetail
from gateway.spreadsheets import Table, Value
from gateway.words import Language, say, shown

HEAD: Final = ("answers.state", "answers.answered_on", "answers.late", "answers.by")


def asked_name(one: Addressee) -> str:
    """Return what whoever was asked is called."""
    return one.team or one.school_title


def head(language: Language, told: FigureRequestDetail) -> list[str]:
    """Return the names of the columns."""
    inside = any(one.team for one in told.addressees)
    first = say(language, "answers.team" if inside else "answers.school")
    labels = [field.label for field in told.fields]
    return [first, *labels, *(say(language, key) for key in HEAD)]


def rows(language: Language, told: FigureRequestDetail) -> list[list[Value]]:
    """Return a row for each that was asked; who has not answered has an empty one."""
    return [
        [
            asked_name(one),
            *((one.answer.values.get(field.code) if one.answer else None) for field in told.fields),
            say(language, f"answers.state.{one.state}"),
            shown(one.answer.answered_on) if one.answer else None,
            one.answer.late_working_days if one.answer else None,
            one.answer.by_name if one.answer else None,
        ]
        for one in told.addressees
    ]


def sums(language: Language, told: FigureRequestDetail) -> list[Value]:
    """Return the last row: the sum of each figure."""
    by_code = {one.code: one.total for one in told.totals}
    return [say(language, "answers.total"), *(by_code.get(field.code) for field in told.fields)]


def tables(language: Language, told: FigureRequestDetail) -> Sequence[Table]:
    """Return the sheet of all answers."""
    every = [*rows(language, told), sums(language, told)]
    return (Table(say(language, "answers.sheet"), head(language, told), every),)
