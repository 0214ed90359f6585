"""Versions of a form: whose they are, and which the calendar uses from which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.events.surveys import FormKind

# Below are the versions that come with the software: a newer release never meets a district's own.
FIRST_OF_DISTRICT: Final = 1001


def is_shipped(version: int) -> bool:
    """Whether a version came with the software."""
    return version < FIRST_OF_DISTRICT


def next_of_district(published: Iterable[int]) -> int:
    """Return the number of the district's next version of a form."""
    return max([FIRST_OF_DISTRICT - 1, *published]) + 1


@dataclass(frozen=True)
class FormUse:
    """From `valid_from` on, campaigns of the calendar that open ask this version."""

    kind: FormKind
    valid_from: date
    version: int


def version_on(uses: Iterable[FormUse], kind: FormKind, day: date) -> int | None:
    """Return the version that is in use on a day, None before the first."""
    begun = [use for use in uses if use.kind == kind and use.valid_from <= day]
    return max(begun, key=lambda use: use.valid_from).version if begun else None
