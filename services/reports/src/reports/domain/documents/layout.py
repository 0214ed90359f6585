"""The layout of official documents as versioned data (Decree 30/2020/NĐ-CP, Annex I)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

SIDES: Final = ("top", "bottom", "left", "right")
ELEMENTS: Final = (
    "page_number",
    "nation",
    "motto",
    "authority",
    "issuer",
    "number",
    "place_and_date",
    "type",
    "subject",
    "body",
    "signing",
    "signer",
    "recipients_head",
    "recipient",
)


class LayoutError(Exception):
    """The layout's file says something that can't be; the message says what."""


@dataclass(frozen=True)
class Span:
    """From least to most, both allowed."""

    least: float
    most: float

    def holds(self, value: float, tolerance: float = 0.0) -> bool:
        """Whether a value lies inside, give or take the tolerance."""
        return self.least - tolerance <= value <= self.most + tolerance


@dataclass(frozen=True)
class Look:
    """How one element has to look; `size` in points. What is not bold or italic stays upright."""

    size: Span
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    centred: bool = False
    justified: bool = False


@dataclass(frozen=True)
class Layout:
    """One version of the rules. Lengths in millimetres."""

    version: int
    effective_from: date
    legal_basis: str
    fonts: tuple[str, ...]
    width: float
    height: float
    margins: Mapping[str, Span]
    looks: Mapping[str, Look]


def in_force(layouts: tuple[Layout, ...], day: date) -> Layout:
    """Return the version for documents of a day; the first one for what is older than all."""
    begun = [one for one in layouts if one.effective_from <= day]
    return max(begun, key=lambda one: one.effective_from, default=layouts[0])


def parse(document: Mapping[str, Any]) -> tuple[Layout, ...]:
    """Read the versions, oldest first; raises `LayoutError`."""
    try:
        found = tuple(_layout(raw) for raw in document["versions"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise LayoutError(f"{type(wrong).__name__}: {wrong}") from wrong
    if not found:
        raise LayoutError("there is no version")
    return tuple(sorted(found, key=lambda one: one.effective_from))


def _layout(raw: Mapping[str, Any]) -> Layout:
    looks = {
        name: Look(**{**look, "size": Span(*look["size"])})
        for name, look in raw["elements"].items()
    }
    for name in ELEMENTS:
        looks[name]  # a missing one is named by the KeyError
    return Layout(
        version=raw["version"],
        effective_from=raw["effective_from"],
        legal_basis=raw["legal_basis"],
        fonts=tuple(raw["fonts"]),
        width=raw["paper"]["width"],
        height=raw["paper"]["height"],
        margins={side: Span(*raw["margins"][side]) for side in SIDES},
        looks=looks,
    )
