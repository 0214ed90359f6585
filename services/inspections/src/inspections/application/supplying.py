"""What the package brings along: checklist, rules and terms, loaded on start."""

from importlib.resources import files
from typing import Any

import yaml

from contracts.events import event_class
from contracts.forms import Words
from contracts.rpc.trigger_rules import Condition
from inspections.domain.checklist import Checklist
from inspections.domain.rules import Rule, wrong_with
from inspections.storage.standards import Term
from inspections.storage.unit_of_work import InspectionsUnitOfWork

FOLDER = "inspections.supplies"


class WrongRuleError(Exception):
    """A shipped rule can't be used; the message names the rule and the reason."""


def supply(work: InspectionsUnitOfWork) -> None:
    """Store what is shipped and not there yet; doing it again changes nothing.

    Raises `ChangedChecklistError` for a published checklist whose file was changed.
    """
    for checklist in shipped_checklists():
        work.standards.publish(checklist)
    work.rules.add(shipped_rules())
    work.standards.supply(shipped_terms())


def shipped_checklists() -> list[Checklist]:
    """Return the checklists of the package, by version."""
    found = [
        Checklist.model_validate(_read(entry.name))
        for entry in files(FOLDER).iterdir()
        if entry.name.startswith("checklist-") and entry.name.endswith(".yaml")
    ]
    return sorted(found, key=lambda one: one.version)


def shipped_rules() -> list[Rule]:
    """Return the first version of each rule; raises `WrongRuleError`."""
    rules = [
        Rule(
            code=row["code"],
            version=1,
            words=Words.model_validate(row["words"]),
            event_type=row["event_type"],
            conditions=tuple(Condition.model_validate(one) for one in row["conditions"]),
            action=row["action"],
            working_days=row["working_days"],
            enabled=row["enabled"],
            effective_from=row["effective_from"],
            legal_basis=row["legal_basis"],
        )
        for row in _read("rules.yaml")
    ]
    for rule in rules:
        wrong = wrong_with(rule, list(event_class(rule.event_type).model_fields))
        if wrong is not None:
            raise WrongRuleError(f"{rule.code}: {wrong}")
    return rules


def shipped_terms() -> list[Term]:
    """Return the terms of the package."""
    return [Term(**row) for row in _read("terms.yaml")]


def _read(name: str) -> Any:
    return yaml.safe_load(files(FOLDER).joinpath(name).read_text(encoding="utf-8"))
