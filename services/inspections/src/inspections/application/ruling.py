"""Trigger rules: looked at, and changed by the district in a new version."""

from contracts.events import event_class
from contracts.problems import Problem
from contracts.rpc import trigger_rules as messages
from inspections.domain.rules import Rule, wrong_with
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def list_rules(work: InspectionsUnitOfWork) -> messages.TriggerRules:
    """Return the newest version of each rule."""
    newest = {rule.code: rule for rule in work.rules.versions()}
    return messages.TriggerRules(items=tuple(_show(rule) for rule in newest.values()))


def change_rule(
    work: InspectionsUnitOfWork, wanted: messages.ChangeTriggerRule
) -> messages.TriggerRule:
    """Add a version; what it doesn't say stays as it was."""
    old = work.rules.newest(wanted.code)
    if old is None:
        raise Problem("resource.not_found")
    effective_from = wanted.effective_from or work.today
    if effective_from < max(old.effective_from, work.today):
        raise Problem("inspections.rule_invalid", reason="effective_in_the_past")
    new = Rule(
        code=old.code,
        version=old.version + 1,
        words=old.words,
        event_type=old.event_type,
        conditions=old.conditions if wanted.conditions is None else wanted.conditions,
        action=wanted.action or old.action,
        working_days=wanted.working_days or old.working_days,
        enabled=old.enabled if wanted.enabled is None else wanted.enabled,
        effective_from=effective_from,
        legal_basis=wanted.legal_basis or old.legal_basis,
    )
    wrong = wrong_with(new, list(event_class(new.event_type).model_fields))
    if wrong is not None:
        raise Problem("inspections.rule_invalid", reason=wrong)
    if not work.rules.add([new]):
        raise Problem("resource.conflict")
    work.audit(
        "change_trigger_rule",
        new.code,
        before=_show(old).model_dump(mode="json"),
        after=_show(new).model_dump(mode="json"),
    )
    return _show(new)


def _show(rule: Rule) -> messages.TriggerRule:
    return messages.TriggerRule(**vars(rule))
