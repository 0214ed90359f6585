"""How events become the read models: matters, campaigns, answers, names and superiors."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from chassis.clock import local_day
from contracts.events import directory as d
from contracts.events import inspections as i
from contracts.events import surveys as s
from reports.storage.unit_of_work import ReportsUnitOfWork


def school_registered(work: ReportsUnitOfWork, event: d.SchoolRegistered) -> None:
    """Know how a school is called and who stands above it, from its first day on."""
    work.school_names.learn(event.school, event.title, event.opened_on, event.version)
    for hierarchy, parent in event.parents.items():
        work.superiors.learn(event.school, hierarchy, parent, event.opened_on, event.version)


def school_changed(work: ReportsUnitOfWork, event: d.SchoolChanged, at: datetime) -> None:
    """Know a school by its new title, from the day on which that was told."""
    work.school_names.learn(event.school, event.title, local_day(at), event.version)


def unit_moved(work: ReportsUnitOfWork, event: d.UnitMoved) -> None:
    """Know who stands above a unit from a day on."""
    work.superiors.learn(event.unit, event.hierarchy, event.parent, event.valid_from, event.version)


def answers(work: ReportsUnitOfWork, events: Iterable[s.ResponseSubmitted]) -> None:
    """Count answers by campaign and day."""
    work.campaigns.count_answers(Counter((event.campaign_id, event.day) for event in events))


def answers_withdrawn(work: ReportsUnitOfWork, event: s.ResponsesWithdrawn) -> None:
    """Count undone answers no more."""
    work.campaigns.count_answers({(event.campaign_id, event.day): -event.answers})


def campaign_opened(work: ReportsUnitOfWork, event: s.CampaignOpened) -> None:
    """Know a campaign that takes answers."""
    work.campaigns.opened(event)


def campaign_closed(work: ReportsUnitOfWork, event: s.CampaignClosed) -> None:
    """Know the final results of a campaign."""
    work.campaigns.closed(event)


def demand(work: ReportsUnitOfWork, event: s.ImproperDemandReported) -> None:
    """Know that an improper demand was reported; hidden where it concerns the head."""
    work.matters.learn(
        event.report_id,
        "demand",
        event.school,
        "reported",
        1,
        kind=event.demand,
        hidden=event.concerns_head,
        opened_on=event.day,
    )


def demand_withdrawn(work: ReportsUnitOfWork, event: s.ImproperDemandWithdrawn) -> None:
    """Know that a report is withdrawn: its batch was undone."""
    work.matters.learn(
        event.report_id,
        "demand",
        event.school,
        "withdrawn",
        2,
        hidden=event.concerns_head,
        ended_on=event.withdrawn_on,
    )


def proposed(work: ReportsUnitOfWork, event: i.InspectionProposed) -> None:
    """Know an inspection that waits for its order."""
    _inspection(
        work,
        event,
        "proposed",
        kind=event.kind,
        hidden=event.handled_at == "superior",
        opened_on=event.proposed_on,
        due_on=event.order_due_on,
    )


def escalated(work: ReportsUnitOfWork, event: i.InspectionEscalated) -> None:
    """Know that nobody ordered it in time."""
    _inspection(work, event, "escalated")


def ordered(work: ReportsUnitOfWork, event: i.InspectionOrdered) -> None:
    """Know that it takes place."""
    _inspection(work, event, "ordered", kind=event.kind)


def dismissed(work: ReportsUnitOfWork, event: i.InspectionDismissed) -> None:
    """Know that the head decided against it."""
    _inspection(work, event, "dismissed", ended_on=event.dismissed_on)


def completed(work: ReportsUnitOfWork, event: i.InspectionCompleted) -> None:
    """Know that it was carried out."""
    _inspection(work, event, "completed", kind=event.kind, ended_on=event.completed_on)


def _inspection(
    work: ReportsUnitOfWork,
    event: i.InspectionProposed
    | i.InspectionEscalated
    | i.InspectionOrdered
    | i.InspectionDismissed
    | i.InspectionCompleted,
    state: str,
    **told: object,
) -> None:
    work.matters.learn(
        event.inspection_id, "inspection", event.school, state, event.version, **told
    )


def finding(work: ReportsUnitOfWork, event: i.FindingRecorded) -> None:
    """Know a finding of an inspection."""
    work.matters.learn(
        event.finding_id,
        "finding",
        event.school,
        "recorded",
        1,
        parent_id=event.inspection_id,
        kind=event.item,
        severity=event.severity,
        opened_on=event.found_on,
    )


def remedy_assigned(work: ReportsUnitOfWork, event: i.RemedyAssigned, at: datetime) -> None:
    """Know a remedy and its due date, told at a moment."""
    _remedy(work, event, "open", kind=event.kind, severity=event.severity, opened_on=local_day(at))


def remedy_closed(work: ReportsUnitOfWork, event: i.RemedyClosed) -> None:
    """Know that a remedy is done, and how late."""
    late = event.late_working_days
    _remedy(work, event, "closed", ended_on=event.closed_on, late_working_days=late)


def remedy_overdue(work: ReportsUnitOfWork, event: i.RemedyOverdue) -> None:
    """Know that a remedy is overdue."""
    _remedy(work, event, "overdue")


def _remedy(
    work: ReportsUnitOfWork,
    event: i.RemedyAssigned | i.RemedyClosed | i.RemedyOverdue,
    state: str,
    **told: object,
) -> None:
    told |= {"parent_id": event.finding_id, "due_on": event.due_on}
    work.matters.learn(event.remedy_id, "remedy", event.school, state, event.version, **told)


def task_assigned(work: ReportsUnitOfWork, event: i.ImprovementTaskAssigned, at: datetime) -> None:
    """Know an improvement task, told at a moment."""
    work.matters.learn(
        event.task_id,
        "improvement_task",
        event.school,
        "assigned",
        event.version,
        parent_id=event.campaign_id,
        hidden=False,
        opened_on=local_day(at),
        due_on=event.due_on,
    )


def petition_received(work: ReportsUnitOfWork, event: i.PetitionReceived) -> None:
    """Know a petition or suggestion; hidden where it concerns the head."""
    _petition(
        work,
        event,
        "open",
        kind=event.kind,
        hidden=event.concerns_head,
        opened_on=event.received_on,
        due_on=event.due_on,
    )


def petition_answered(work: ReportsUnitOfWork, event: i.PetitionAnswered) -> None:
    """Know that a petition has its answer, and how late."""
    late = event.late_working_days
    _petition(work, event, "answered", ended_on=event.answered_on, late_working_days=late)


def petition_overdue(work: ReportsUnitOfWork, event: i.PetitionOverdue) -> None:
    """Know that a petition is overdue."""
    _petition(work, event, "overdue", due_on=event.due_on)


def _petition(
    work: ReportsUnitOfWork,
    event: i.PetitionReceived | i.PetitionAnswered | i.PetitionOverdue,
    state: str,
    **told: object,
) -> None:
    work.matters.learn(event.petition_id, "petition", event.school, state, event.version, **told)
