"""How events of inspections and surveys become what reports knows of a matter."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from chassis.clock import local_day
from contracts.events import inspections as i
from contracts.events import surveys as s
from reports.storage.unit_of_work import ReportsUnitOfWork


def answers(work: ReportsUnitOfWork, events: Iterable[s.ResponseSubmitted]) -> None:
    """Count answers by campaign and day."""
    work.campaigns.count_answers(Counter((event.campaign_id, event.day) for event in events))


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


def proposed(work: ReportsUnitOfWork, event: i.InspectionProposed) -> None:
    """Know an inspection that waits for its order."""
    work.matters.learn(
        event.inspection_id,
        "inspection",
        event.school,
        "proposed",
        event.version,
        kind=event.kind,
        hidden=event.handled_at == "superior",
        opened_on=event.proposed_on,
        due_on=event.order_due_on,
    )


def escalated(work: ReportsUnitOfWork, event: i.InspectionEscalated) -> None:
    """Know that nobody ordered it in time."""
    work.matters.learn(event.inspection_id, "inspection", event.school, "escalated", event.version)


def ordered(work: ReportsUnitOfWork, event: i.InspectionOrdered) -> None:
    """Know that it takes place."""
    work.matters.learn(
        event.inspection_id, "inspection", event.school, "ordered", event.version, kind=event.kind
    )


def dismissed(work: ReportsUnitOfWork, event: i.InspectionDismissed) -> None:
    """Know that the head decided against it."""
    work.matters.learn(
        event.inspection_id,
        "inspection",
        event.school,
        "dismissed",
        event.version,
        ended_on=event.dismissed_on,
    )


def completed(work: ReportsUnitOfWork, event: i.InspectionCompleted) -> None:
    """Know that it was carried out."""
    work.matters.learn(
        event.inspection_id,
        "inspection",
        event.school,
        "completed",
        event.version,
        kind=event.kind,
        ended_on=event.completed_on,
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
    work.matters.learn(
        event.remedy_id,
        "remedy",
        event.school,
        "open",
        event.version,
        parent_id=event.finding_id,
        kind=event.kind,
        severity=event.severity,
        opened_on=local_day(at),
        due_on=event.due_on,
    )


def remedy_closed(work: ReportsUnitOfWork, event: i.RemedyClosed) -> None:
    """Know that a remedy is done, and how late."""
    work.matters.learn(
        event.remedy_id,
        "remedy",
        event.school,
        "closed",
        event.version,
        parent_id=event.finding_id,
        due_on=event.due_on,
        ended_on=event.closed_on,
        late_working_days=event.late_working_days,
    )


def remedy_overdue(work: ReportsUnitOfWork, event: i.RemedyOverdue) -> None:
    """Know that a remedy is overdue."""
    work.matters.learn(
        event.remedy_id,
        "remedy",
        event.school,
        "overdue",
        event.version,
        parent_id=event.finding_id,
        due_on=event.due_on,
    )


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
    work.matters.learn(
        event.petition_id,
        "petition",
        event.school,
        "open",
        event.version,
        kind=event.kind,
        hidden=event.concerns_head,
        opened_on=event.received_on,
        due_on=event.due_on,
    )


def petition_answered(work: ReportsUnitOfWork, event: i.PetitionAnswered) -> None:
    """Know that a petition has its answer, and how late."""
    work.matters.learn(
        event.petition_id,
        "petition",
        event.school,
        "answered",
        event.version,
        ended_on=event.answered_on,
        late_working_days=event.late_working_days,
    )


def petition_overdue(work: ReportsUnitOfWork, event: i.PetitionOverdue) -> None:
    """Know that a petition is overdue."""
    work.matters.learn(
        event.petition_id,
        "petition",
        event.school,
        "overdue",
        event.version,
        due_on=event.due_on,
    )
