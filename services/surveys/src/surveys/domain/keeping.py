"""How long what people wrote is kept: rules that are data, each from its day on."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from contracts.rpc.keeping import Words

_MONTHS = 12


@dataclass(frozen=True)
class KeepingRule:
    """From `valid_from` on, words are erased `months` after their campaign closed."""

    words: Words
    valid_from: date
    months: Annotated[int, Field(ge=1)]
    legal_basis: str


def read_keeping_rules(text: str) -> list[KeepingRule]:
    """Return the rules of a YAML list; raises `pydantic.ValidationError` for what is none."""
    return TypeAdapter(list[KeepingRule]).validate_python(yaml.safe_load(text))


def closed_until(rules: Iterable[KeepingRule], words: Words, today: date) -> date | None:
    """Return the last day of closing whose words are to be erased today, None: they are kept."""
    begun = [rule for rule in rules if rule.words == words and rule.valid_from <= today]
    if not begun:
        return None
    return months_before(today, max(begun, key=lambda rule: rule.valid_from).months)


def months_before(day: date, months: int) -> date:
    """Return the day so many months ago, the last one of a shorter month."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
