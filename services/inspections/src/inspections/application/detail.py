"""One inspection with everything that led to it and followed from it."""

from collections import Counter, defaultdict
from uuid import UUID

from chassis.clock import exact, local_day
from contracts.forms import Words
from contracts.rpc import inspections as messages
from contracts.rpc.remedies import Finding, Remedy
from inspections.application.showing import show_counted, show_remedies
from inspections.domain.inspection import Inspection
from inspections.storage.history import Trigger
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def show_detail(work: InspectionsUnitOfWork, one: Inspection) -> messages.InspectionDetail:
    """Return everything about an inspection that the actor may see."""
    triggers = work.history.triggers(one.id)
    counting = sum(trigger.withdrawn_on is None for trigger in triggers)
    (shown,) = show_counted(work, [one], {one.id: counting})
    words = _words(work, one)
    return messages.InspectionDetail(
        **dict(shown),
        note=one.note,
        reason=one.reason,
        due_changes=work.history.due_changes([one.id]).get(one.id, ()),
        triggers=tuple(_trigger(trigger) for trigger in triggers),
        shares=_shares(work, triggers),
        checklist=_checklist(work, one, words) if words else (),
        findings=_findings(work, one, words) if words else (),
        history=tuple(
            messages.Step(
                step=step.step,
                on=local_day(step.at),
                at=exact(step.at),
                role=step.role,
                event_id=step.event_id,
            )
            for step in work.history.steps(one.id)
        ),
    )


def _words(work: InspectionsUnitOfWork, one: Inspection) -> dict[str, Words]:
    """Return item → words, of the checklist by which the inspection was carried out, in order."""
    if one.checklist_version is None:
        return {}
    checklist = work.standards.checklist_of(one.checklist_version)
    return {item.code: item.words for item in checklist.items}


def _checklist(
    work: InspectionsUnitOfWork, one: Inspection, words: dict[str, Words]
) -> tuple[messages.ItemResult, ...]:
    order = list(words)
    results = sorted(work.history.items(one.id).items(), key=lambda entry: order.index(entry[0]))
    return tuple(
        messages.ItemResult(item=item, words=words[item], met=met, note=note)
        for item, (met, note) in results
    )


def _shares(
    work: InspectionsUnitOfWork, triggers: list[Trigger]
) -> tuple[messages.CampaignShare, ...]:
    counted = (t for t in triggers if t.demand and t.withdrawn_on is None)
    reports = Counter(t.campaign_id for t in counted if t.campaign_id)
    answers = work.tallies.of(reports)
    return tuple(
        messages.CampaignShare(
            campaign_id=campaign, reports=number, answers=answers.get(campaign, 0)
        )
        for campaign, number in sorted(reports.items())
    )


def _findings(
    work: InspectionsUnitOfWork, one: Inspection, words: dict[str, Words]
) -> tuple[Finding, ...]:
    order = list(words)
    found = sorted(
        work.findings.of("inspection_id", [one.id]), key=lambda each: order.index(each.item)
    )
    by_finding: dict[UUID, list[Remedy]] = defaultdict(list)
    for remedy in show_remedies(work, work.remedies.of("inspection_id", [one.id])):
        by_finding[remedy.finding_id].append(remedy)
    return tuple(
        Finding(
            finding_id=each.id,
            item=each.item,
            words=words[each.item],
            kind=each.kind,
            severity=each.severity,
            note=each.note,
            found_on=each.due_from,
            remedy_due_on=each.due_on,
            escalated_on=each.escalated_on,
            remedies=tuple(by_finding[each.id]),
        )
        for each in found
    )


def _trigger(one: Trigger) -> messages.Trigger:
    return messages.Trigger(
        event_id=one.event_id,
        event_type=one.event_type,
        occurred_on=local_day(one.occurred_at),
        rule=one.rule,
        rule_version=one.rule_version,
        attached=one.attached,
        campaign_id=one.campaign_id,
        demand=one.demand,
        correlation_id=one.correlation_id,
        withdrawn_on=one.withdrawn_on,
    )
