"""The kinds of report, as the gateway tells of them."""

from typing import TypedDict

from dashboard.shapes.surveys import Said


class Kind(TypedDict):
    """A kind of report; `periods` as its file names them: "quarter", "quarter-1", "year"."""

    code: str
    words: Said
    periods: list[str]


class Kinds(TypedDict):
    """The kinds in force."""

    items: list[Kind]
