"""The data files that are shipped with reports, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from contracts.forms import Words
from reports.domain.documents import layout
from reports.domain.documents.building import build
from reports.domain.drafts import FigureKind
from reports.domain.kinds import Catalogue, parse


@dataclass(frozen=True)
class FigureRules:
    """How figures are shown: who is compared, what is too small to be told."""

    minimum_sample: int
    smallest_group: int


@cache
def kinds() -> Catalogue:
    """Return the kinds of report; raises `KindError` for a file that can't be."""
    return parse(_read("kinds.yaml"), draft_figures())


@cache
def figure_rules() -> FigureRules:
    """Return the rules of showing figures."""
    return FigureRules(**_read("figures.yaml"))


@cache
def document_layouts() -> tuple[layout.Layout, ...]:
    """Return the rules of layout in all versions; raises `LayoutError`."""
    return layout.parse(_read("document_layout.yaml"))


@cache
def shipped_template() -> bytes:
    """Return the Word template that is used until the district uploads its own."""
    return build()


@cache
def reminder_phrases() -> Mapping[str, Any]:
    """Return what reminders say, from which hour on they leave, how long mails are kept."""
    return _read("reminders.yaml")


@cache
def draft_figures() -> Mapping[str, FigureKind]:
    """Return the figures that reports fill themselves with, by code."""
    return {
        code: FigureKind(code, Words(vi=told["vi"], en=told["en"]), told["unit"])
        for code, told in _read("drafts.yaml")["figures"].items()
    }


def _read(name: str) -> dict[str, Any]:
    text = files("reports").joinpath(name).read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document
