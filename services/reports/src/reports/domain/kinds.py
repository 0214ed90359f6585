"""Kinds of report as versioned data: which periods, which deadline, to whom, what."""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, cast, get_args

from contracts.events.directory import Hierarchy
from contracts.forms import Words
from contracts.rpc.obligations import Regime
from workdays import DayOfMonth, Period, indices, window
from workdays.periods import PeriodKind

KindFault = Literal[
    "missing",
    "unknown_period",
    "unknown_wording",
    "unknown_regime",
    "unknown_figure",
    "unknown_hierarchy",
    "never_a_date",
    "twice",
    "malformed",
]


class KindError(Exception):
    """The kinds' file says something that can't be: a stable `code`, and a sentence.

    The sentence names the kind and what it says. `never_a_date`: there is no such day in every
    month, so that the deadline would not always come.
    """

    def __init__(self, code: KindFault, sentence: str) -> None:
        super().__init__(f"{sentence} ({code})")
        self.code = code


@dataclass(frozen=True)
class Recipient:
    """Who gets a report and why; `hierarchy` finds the superior, None is inside the school."""

    to: Words
    purpose: Words
    hierarchy: Hierarchy | None = None


@dataclass(frozen=True)
class Part:
    """One thing that a report has to hold; `figures` are those that fill themselves in."""

    words: Words
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One version of a kind. It counts for periods that end on or after `effective_from`.

    `regime` tells the reports of a field's whole work from those on one subject (chuyên đề).
    `checklist` is what the report has to hold (plan, R9).
    """

    code: str
    version: int
    effective_from: date
    title: Words
    regime: Regime
    periods: tuple[str, ...]
    deadline: DayOfMonth
    legal_basis: str
    recipients: tuple[Recipient, ...]
    checklist: tuple[Part, ...]
    note: Words | None = None

    @property
    def figures(self) -> tuple[str, ...]:
        """The codes of its figures, each once, in the order of the checklist."""
        return tuple(dict.fromkeys(code for part in self.checklist for code in part.figures))

    def of_year(self, year: int) -> Iterator[Period]:
        """Yield the periods of a year that this version asks for."""
        for name in self.periods:
            kind, only = split(name)
            for index in indices(kind) if only is None else (only,):
                period = window(kind, year, index)
                if period.ends_on >= self.effective_from:
                    yield period


@dataclass(frozen=True)
class Catalogue:
    """All kinds in all versions, in the order of their file."""

    versions: tuple[Kind, ...]

    def codes(self) -> tuple[str, ...]:
        """Return the codes, each once."""
        return tuple(dict.fromkeys(kind.code for kind in self.versions))

    def in_force(self, code: str, day: date) -> Kind | None:
        """Return the version of a kind that counts on a day, or None."""
        named = [k for k in self.versions if k.code == code and k.effective_from <= day]
        return max(named, key=lambda kind: kind.effective_from, default=None)

    def all_in_force(self, day: date) -> tuple[Kind, ...]:
        """Return the versions in force on a day."""
        found = (self.in_force(code, day) for code in self.codes())
        return tuple(kind for kind in found if kind is not None)

    def version(self, code: str, version: int) -> Kind:
        """Return one version; raises `KeyError` for one that isn't in the file."""
        for kind in self.versions:
            if (kind.code, kind.version) == (code, version):
                return kind
        raise KeyError(f"{code} {version}")

    def periods_of(self, year: int) -> Iterator[tuple[Kind, Period]]:
        """Yield what is owed for a year: each period in the version in force at its end."""
        for kind in self.versions:
            for period in kind.of_year(year):
                if self.in_force(kind.code, period.ends_on) is kind:
                    yield kind, period

    @cached_property
    def digest(self) -> str:
        """A short name of this content: another file, another digest."""
        return hashlib.sha256(repr(self.versions).encode()).hexdigest()[:16]


def split(period: str) -> tuple[PeriodKind, int | None]:
    """Return kind and index of a period's name: "quarter-1" → ("quarter", 1)."""
    kind, _, index = period.partition("-")
    if kind not in get_args(PeriodKind):
        raise ValueError(f"no period is called {period}")
    known = cast("PeriodKind", kind)
    if index and int(index) not in indices(known):
        raise ValueError(f"{kind} has no number {index}")
    return known, int(index) if index else None


def parse(document: Mapping[str, Any], figures: Container[str] = ()) -> Catalogue:
    """Read the catalogue from its document; raises `KindError`.

    `figures` are the codes of all figures that there are.
    """
    versions = tuple(_kind(raw) for raw in document["kinds"])
    for kind in versions:
        for code in kind.figures:
            if code not in figures:
                raise KindError("unknown_figure", f"{kind.code}: no figure is called {code}")
    names = [f"{kind.code} version {kind.version}" for kind in versions]
    starts = [f"{kind.code} from {kind.effective_from}" for kind in versions]
    for seen in (names, starts):
        doubled = {one for one in seen if seen.count(one) > 1}
        if doubled:
            raise KindError("twice", f"it stands there twice: {', '.join(sorted(doubled))}")
    return Catalogue(versions)


def _kind(raw: Mapping[str, Any]) -> Kind:
    try:
        for period in raw["periods"]:
            _check_period(raw["code"], period)
        rule = raw["deadline"]
        return Kind(
            code=raw["code"],
            version=raw["version"],
            effective_from=raw["effective_from"],
            title=Words.model_validate(raw["title"]),
            regime=_regime(raw["code"], raw["regime"]),
            periods=tuple(raw["periods"]),
            deadline=_deadline(raw["code"], raw["version"], rule),
            legal_basis=raw["legal_basis"],
            recipients=tuple(_recipients(raw["code"], raw["recipients"])),
            checklist=tuple(
                Part(Words.model_validate(one["words"]), tuple(one.get("figures", ())))
                for one in raw["checklist"]
            ),
            note=Words.model_validate(raw["note"]) if "note" in raw else None,
        )
    except KeyError as missing:
        raise KindError("missing", f"{raw.get('code')}: {missing} is missing") from None
    except ValueError as wrong:
        raise KindError("malformed", f"{raw.get('code')}: {wrong}") from wrong


def _check_period(code: str, period: str) -> None:
    try:
        split(period)
    except ValueError as wrong:
        raise KindError("unknown_period", f"{code}: {wrong}") from None


def _regime(code: str, name: str) -> Regime:
    if name not in get_args(Regime):
        raise KindError("unknown_regime", f"{code}: no regime is called {name}")
    return cast("Regime", name)


def _deadline(code: str, version: int, rule: Mapping[str, Any]) -> DayOfMonth:
    wording: Literal["by", "before"] = rule.get("wording", "by")
    if wording not in {"by", "before"}:
        raise KindError("unknown_wording", f"{code}: no wording is called {wording}")
    try:
        return DayOfMonth(
            code=f"{code}.{wording}_day_{rule['day']}",
            version=version,
            legal_basis=rule["legal_basis"],
            day=rule["day"],
            wording=wording,
            months_later=rule.get("months_later", 0),
            strict=rule.get("strict", True),
        )
    except ValueError as wrong:
        raise KindError("never_a_date", f"{code}: {wrong}") from None


def _recipients(code: str, raw: Iterable[Mapping[str, Any]]) -> Iterator[Recipient]:
    for one in raw:
        hierarchy: Hierarchy | None = one.get("hierarchy")
        if hierarchy is not None and hierarchy not in get_args(Hierarchy):
            named = f"{code}: no hierarchy is called {hierarchy}"
            raise KindError("unknown_hierarchy", named)
        to, purpose = Words.model_validate(one["to"]), Words.model_validate(one["purpose"])
        yield Recipient(to, purpose, hierarchy)
