"""Questions: inspections, evaluations, the checklist, the duty ratio, the chain of a matter."""

from collections import defaultdict
from datetime import date

from chassis import traces
from contracts.problems import Problem
from contracts.rpc import duty as duties
from contracts.rpc import inspections as messages
from contracts.rpc import trigger_rules
from contracts.rpc.base import TraceReply, TraceRequest
from inspections.application.detail import show_detail
from inspections.application.showing import show_inspections
from inspections.domain.duty import duty
from inspections.storage.unit_of_work import InspectionsUnitOfWork


def list_inspections(
    work: InspectionsUnitOfWork, wanted: messages.ListInspections
) -> messages.Inspections:
    """Return the inspections in the actor's scope, newest first."""
    found = work.inspections.listed(
        work.actor, school=wanted.school, state=wanted.state, newest_first=True
    )
    return messages.Inspections(items=tuple(show_inspections(work, found)))


def get_inspection(
    work: InspectionsUnitOfWork, wanted: messages.GetInspection
) -> messages.InspectionDetail:
    """Return one inspection."""
    inspection = work.inspections.seen(wanted.inspection_id, work.actor)
    if inspection is None:
        raise Problem("resource.not_found")
    return show_detail(work, inspection)


def list_evaluations(
    work: InspectionsUnitOfWork, wanted: trigger_rules.ListEvaluations
) -> trigger_rules.Evaluations:
    """Return what the rules judged, and why."""
    return trigger_rules.Evaluations(items=tuple(work.rules.evaluations(wanted, work.actor)))


def get_checklist(work: InspectionsUnitOfWork) -> duties.Checklist:
    """Return the checklist that holds today."""
    checklist = work.standards.checklist(work.today)
    return duties.Checklist(
        version=checklist.version,
        items=checklist.items,
        severities=checklist.severities,
        finding_kinds=tuple(
            duties.Choice(code=kind.code, words=kind.words) for kind in checklist.finding_kinds
        ),
        remedy_kinds=tuple(
            duties.Choice(code=kind.code, words=kind.words) for kind in checklist.remedy_kinds
        ),
    )


def get_duty_ratio(work: InspectionsUnitOfWork, wanted: duties.GetDutyRatio) -> duties.DutyRatios:
    """Return the duty ratio of each school in scope."""
    year = wanted.year or work.today.year
    c = work.inspections.table.c
    done: dict[str, list[date]] = defaultdict(list)
    for one in work.inspections.where(c.kind == "surprise", c.state == "completed"):
        if one.completed_on is not None:
            done[one.school].append(one.completed_on)
    lines = []
    for school in work.schools.listed(work.actor):
        counted = duty(year, work.today, school.opened_on, school.closed_on, done[school.code])
        lines.append(
            duties.DutyRatio(
                school=school.code,
                school_title=school.title,
                year=year,
                checks=counted.checks,
                checks_this_month=counted.checks_this_month,
                months=counted.months,
                ratio=counted.ratio,
                empty_months=counted.empty_months,
            )
        )
    return duties.DutyRatios(items=tuple(lines))


def trace(work: InspectionsUnitOfWork, request: TraceRequest) -> TraceReply:
    """Return the events of a chain; none of them to a school whose head it concerns."""
    reply = traces.read(work.connection, work.actor, request)
    hidden = any(
        event.data.get("handled_at") == "superior" or event.data.get("concerns_head") is True
        for event in reply.events
    )
    return TraceReply(events=()) if hidden and work.side == "school" else reply
