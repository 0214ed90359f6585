"""The checklist: what is looked at, how severe it is when it is not met, and until when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import model_validator

from contracts.events.inspections import RemedyKind, Severity
from contracts.forms import Words
from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc.duty import ChecklistItem, SeverityTerm
from contracts.rpc.inspections import CheckedItem
from contracts.rpc.remedies import FindingKind

HIGHEST: Final = 4


class KindOfFinding(Model):
    """A kind of finding; `severity` overrules the item's, None: the item's."""

    code: FindingKind
    words: Words
    severity: Severity | None = None
    legal_basis: str = ""


class KindOfRemedy(Model):
    """A kind of remedy and its words."""

    code: RemedyKind
    words: Words


class Checklist(Model):
    """A published version; inspections keep the version by which they were carried out."""

    version: int
    effective_from: date
    legal_basis: str
    items: tuple[ChecklistItem, ...]
    severities: tuple[SeverityTerm, ...]
    finding_kinds: tuple[KindOfFinding, ...]
    remedy_kinds: tuple[KindOfRemedy, ...]

    @model_validator(mode="after")
    def _whole(self) -> "Checklist":
        codes = [item.code for item in self.items]
        if len(set(codes)) != len(codes):
            raise ValueError("an item stands in the checklist twice")
        if sorted(term.severity for term in self.severities) != list(range(1, HIGHEST + 1)):
            raise ValueError("each severity has one term")
        return self

    def item(self, code: str) -> ChecklistItem:
        """Return an item; raises `KeyError`."""
        return {item.code: item for item in self.items}[code]

    def term(self, severity: Severity) -> SeverityTerm:
        """Return what a severity means."""
        return {term.severity: term for term in self.severities}[severity]


@dataclass(frozen=True)
class Unmet:
    """An item that was not met, as it becomes a finding."""

    item: str
    kind: FindingKind
    severity: Severity
    note: str


def judge_results(checklist: Checklist, results: Sequence[CheckedItem]) -> list[Unmet]:
    """Return what was not met, with its severity: the item's own, or a higher one if it was raised.

    Inventing rules or harassing people has the highest severity (plan, R7). Raises
    `inspections.checklist_invalid` with every error: "unknown_item", "repeated_item",
    "severity_too_low", "met_with_fault".
    """
    errors = list(_errors(checklist, results))
    if errors:
        raise Problem("inspections.checklist_invalid", errors=errors)
    return [
        Unmet(
            item=result.item,
            kind="arbitrary_demand" if result.arbitrary_demand else "unmet_item",
            severity=_severity(checklist, result),
            note=result.note,
        )
        for result in results
        if not result.met
    ]


def _errors(checklist: Checklist, results: Iterable[CheckedItem]) -> Iterable[dict[str, str]]:
    known = {item.code for item in checklist.items}
    seen = Counter(result.item for result in results)
    for result in results:
        if result.item not in known:
            yield {"item": result.item, "code": "unknown_item"}
        elif seen[result.item] > 1:
            yield {"item": result.item, "code": "repeated_item"}
        elif result.met and (result.severity is not None or result.arbitrary_demand):
            yield {"item": result.item, "code": "met_with_fault"}
        elif result.severity is not None and result.severity < _least(checklist, result):
            yield {"item": result.item, "code": "severity_too_low"}


def _least(checklist: Checklist, result: CheckedItem) -> Severity:
    own = checklist.item(result.item).severity
    kind: FindingKind = "arbitrary_demand" if result.arbitrary_demand else "unmet_item"
    of_kind = {k.code: k.severity for k in checklist.finding_kinds}.get(kind)
    return own if of_kind is None else max(own, of_kind)


def _severity(checklist: Checklist, result: CheckedItem) -> Severity:
    least = _least(checklist, result)
    return least if result.severity is None else max(least, result.severity)
