"""Matters as the interface shows them: days left, days late, and due dates that moved."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from contracts.rpc import improvement, inspections, petitions, remedies
from inspections.domain.inspection import Inspection
from inspections.domain.matters import Matter, days_left
from inspections.domain.petition import Petition
from inspections.domain.remedy import Remedy
from inspections.domain.task import ImprovementTask
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def show_inspections(
    work: InspectionsUnitOfWork, found: Sequence[Inspection]
) -> list[inspections.Inspection]:
    """Return inspections as they stand in a list."""
    return show_counted(work, found, work.history.trigger_counts(one.id for one in found))


def show_counted(
    work: InspectionsUnitOfWork, found: Sequence[Inspection], triggers: Mapping[UUID, int]
) -> list[inspections.Inspection]:
    """Return inspections as they stand in a list, where it is known how many events led to each."""
    titles = work.schools.titles(one.school for one in found)
    # What was not carried out has neither findings nor remedies: there is no need to look.
    carried_out = [one.id for one in found if one.completed_on is not None]
    findings = [one.inspection_id for one in work.findings.of("inspection_id", carried_out)]
    waiting = [
        remedy.inspection_id
        for remedy in work.remedies.of("inspection_id", carried_out)
        if remedy.state != "closed"
    ]
    return [
        inspections.Inspection(
            inspection_id=one.id,
            school=one.school,
            school_title=titles.get(one.school, one.school),
            kind=one.kind,
            state=one.state,
            handled_at=one.handled_at,
            rule=one.rule,
            proposed_on=one.due_from,
            order_due_on=one.due_on,
            escalated_on=one.escalated_on,
            ordered_on=one.ordered_on,
            decision_number=one.decision_number,
            dismissed_on=one.dismissed_on,
            completed_on=one.completed_on,
            trigger_count=triggers.get(one.id, 0),
            finding_count=findings.count(one.id),
            open_remedies=waiting.count(one.id),
            correlation_id=one.correlation_id,
            version=one.version,
        )
        for one in found
    ]


def show_remedies(work: InspectionsUnitOfWork, found: Sequence[Remedy]) -> list[remedies.Remedy]:
    """Return remedies."""
    timed = _timed(work, found, {one.id: one.closed_on for one in found})
    return [
        remedies.Remedy(
            **timed[i],
            remedy_id=one.id,
            finding_id=one.finding_id,
            inspection_id=one.inspection_id,
            item=one.item,
            kind=one.kind,
            severity=one.severity,
            description=one.description,
            assigned_on=one.due_from,
            explanation_required=one.explanation_required,
            explanation=one.explanation,
            closed_on=one.closed_on,
            evidence=one.evidence,
        )
        for i, one in enumerate(found)
    ]


def show_tasks(
    work: InspectionsUnitOfWork, found: Sequence[ImprovementTask]
) -> list[improvement.ImprovementTask]:
    """Return improvement tasks."""
    timed = _timed(work, found, {one.id: one.closed_on for one in found})
    return [
        improvement.ImprovementTask(
            **timed[i],
            task_id=one.id,
            campaign_id=one.campaign_id,
            rule=one.rule,
            assigned_on=one.due_from,
            closed_on=one.closed_on,
            evidence=one.evidence,
        )
        for i, one in enumerate(found)
    ]


def show_petitions(
    work: InspectionsUnitOfWork, found: Sequence[Petition]
) -> list[petitions.Petition]:
    """Return petitions; the contact only to the side that handles them."""
    timed = _timed(work, found, {one.id: one.answered_on for one in found})
    return [
        petitions.Petition(
            **timed[i],
            petition_id=one.id,
            receipt=one.receipt,
            kind=one.kind,
            source=one.source,
            about_procedures=one.about_procedures,
            concerns_head=one.concerns_head,
            text=one.text,
            contact=one.contact if one.handled_at == work.side else "",
            received_on=one.due_from,
            answered_on=one.answered_on,
            answer=one.answer,
        )
        for i, one in enumerate(found)
    ]


def _timed(
    work: InspectionsUnitOfWork, found: Sequence[Matter], ended: dict[Any, date | None]
) -> list[dict[str, Any]]:
    """Return what all matters show of themselves; `ended`: the day on which each was done."""
    titles = work.schools.titles(one.school for one in found)
    changes = work.history.due_changes(one.id for one in found)
    return [
        {
            "school": one.school,
            "school_title": titles.get(one.school, one.school),
            "state": one.state,
            "due_on": one.due_on,
            "due_changes": changes.get(one.id, ()),
            "working_days_left": None
            if ended[one.id]
            else days_left(work.calendar, work.today, one.due_on),
            "late_working_days": work.calendar.late(one.due_on, ended[one.id] or work.today),
            "correlation_id": one.correlation_id,
            "version": one.version,
        }
        for one in found
    ]
