"""What reports does when the directory tells of schools, superiors and the calendar."""

from dataclasses import replace
from datetime import datetime

from contracts.events import directory as d
from reports.application import planning, projecting, requesting
from reports.application.changes import Change, keep, keep_all, telling_deadline
from reports.domain.extending import extended_again
from reports.domain.obligations import Obligation
from reports.domain.turns import next_turn_on
from reports.storage.unit_of_work import ReportsUnitOfWork


def school_registered(work: ReportsUnitOfWork, event: d.SchoolRegistered) -> None:
    """Know a school and its superiors, and plan what it owes."""
    work.schools.learn(event)
    projecting.school_registered(work, event)
    school = work.schools.get(event.school)
    if school is not None:
        planning.plan(work, [school])


def school_changed(work: ReportsUnitOfWork, event: d.SchoolChanged, at: datetime) -> None:
    """Know a school by its new title and level, from the day on which that was told."""
    work.schools.learn(event)
    projecting.school_changed(work, event, at)


def school_closed(work: ReportsUnitOfWork, event: d.SchoolClosed) -> None:
    """Exempt a closed school from reports for periods that end after its last day."""
    work.schools.learn(event)
    params = {"reason": "school_closed", "closed_on": event.closed_on.isoformat()}
    exempt = (
        replace(obligation, state="exempt", next_turn_on=None)
        for obligation in work.obligations.waiting(school=event.school, after=event.closed_on)
    )
    keep_all(work, [Change(one, None, "exempted", params=params) for one in exempt])


def calendar_changed(work: ReportsUnitOfWork, event: d.CalendarChanged) -> None:
    """Compute the deadlines of everything that is not submitted anew; the old ones are kept."""
    if work.moved_days.learn(event):
        for obligation in work.obligations.waiting():
            _recompute(work, obligation)
        requesting.recompute(work)


def _recompute(work: ReportsUnitOfWork, obligation: Obligation) -> None:
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    computed = kind.deadline.after(work.calendar, obligation.period.ends_on)
    deadline = extended_again(obligation.deadline, computed, work.calendar)
    passed = obligation.state == "overdue" and deadline.due_on < work.today
    changed = replace(
        obligation,
        deadline=deadline,
        state=obligation.state if obligation.state != "overdue" or passed else "due_soon",
        next_turn_on=None
        if passed
        else next_turn_on(work.calendar, deadline.due_on, obligation.noticed),
    )
    if deadline.due_on == obligation.due_on:
        if changed != obligation:
            work.obligations.save([changed])
        return
    work.chronicle.replace_deadline(obligation.obligation_id, obligation.deadline, work.now)
    params = {"from": obligation.due_on.isoformat(), "to": deadline.due_on.isoformat()}
    keep(work, Change(changed, telling_deadline(changed), "deadline_moved", params=params))
