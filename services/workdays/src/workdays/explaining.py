"""The steps of a deadline as sentences, Vietnamese first; the words stand in `sentences.json`."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from workdays.deadlines import Step

Language = Literal["vi", "en"]
DAYS = frozenset({"on", "until", "earliest"})


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return the sentence of each step code in each language."""
    text = files("workdays").joinpath("sentences.json").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = json.loads(text)
    return table


def sentence(step: Step, language: Language) -> str:
    """Return a step as a person reads it, days as dd/mm/yyyy."""
    why = step.params.get("why")
    key = step.code if why is None else f"{step.code}:{why}"
    params = {k: shown(v) if k in DAYS else v for k, v in step.params.items()}
    return sentences()[key][language].format_map(params)


def shown(day: str) -> str:
    """Return an ISO day as it is written in Vietnam."""
    return f"{date.fromisoformat(day):%d/%m/%Y}"
