"""Days that an authority moved: the shipped table of the government's swaps, and others."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast


@dataclass(frozen=True)
class Override:
    """A day made a day off or a working day, by the document that `legal_basis` names.

    `source` is the address at which a shipped row's document, or an authority's word on it, stands.
    """

    kind: Literal["off", "work"]
    legal_basis: str
    source: str = ""


@cache
def shipped() -> Mapping[date, Override]:
    """Return the swaps of working days that the government announced, from `swaps.csv`."""
    text = files("workdays").joinpath("swaps.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            date.fromisoformat(row["day"]): Override(
                cast("Literal['off', 'work']", row["kind"]), row["legal_basis"], row["source"]
            )
            for row in csv.DictReader(text.splitlines())
        }
    )
