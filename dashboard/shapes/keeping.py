"""How long what people wrote is kept, as the gateway tells it."""

from typing import TypedDict


class KeepingRule(TypedDict):
    """From `valid_from` on, words are erased so many months after their campaign closed."""

    words: str
    valid_from: str
    months: int
    legal_basis: str
    in_force: bool


class KeepingRules(TypedDict):
    """The rules, those of the latest days first."""

    items: list[KeepingRule]
