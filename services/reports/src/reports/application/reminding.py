"""Reminders, each once, and from them one summary a day for each school that has something new."""

from datetime import timedelta

from contracts.forms import Words
from contracts.rpc.base import SYSTEM, Actor
from reports.domain import reminding as d
from reports.domain.obligations import Obligation
from reports.domain.turns import Turn, day_of
from reports.shipped import reminder_phrases
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

LOCK = "reports.summaries"


def remind(work: ReportsUnitOfWork, obligation: Obligation, turn: Turn) -> None:
    """Keep the reminder of a turn that has come, in the turn's own transaction."""
    work.reminders.add(
        "report",
        (obligation.obligation_id, obligation.school, obligation.due_on),
        d.step_of(turn),
        came_on=day_of(turn, work.calendar, obligation.due_on),
        at=work.now,
    )


def summarise_day(units: Units) -> None:
    """Make the day's summaries, once; on the first working day of a week with all of the week.

    Safe with several replicas: one at a time, and not before every turn of the day is done. After
    downtime it is done late; days that nobody was up on have none, for the next tells all.
    """
    with units.alone(LOCK) as work:
        if work is not None and _is_time(work):
            _summarise(work)


def owed(work: ReportsUnitOfWork, actor: Actor, school: str | None = None) -> list[d.Outstanding]:
    """Return what is overdue or due within the days that are reminded of, in the actor's scope."""
    until = d.horizon(work.calendar, work.today)
    reports = (
        d.Outstanding(
            "report",
            one.obligation_id,
            one.school,
            work.kinds.version(one.kind, one.kind_version).title,
            one.period,
            one.due_on,
        )
        for one in work.reminders.reports_owed(actor, school, until)
    )
    requests = (
        d.Outstanding("request", request_id, to, Words(vi=title, en=title), None, due_on)
        for request_id, to, title, due_on in work.reminders.requests_owed(
            actor, school, until, today=work.today
        )
    )
    return [*reports, *requests]


def _is_time(work: ReportsUnitOfWork) -> bool:
    hour = reminder_phrases()["summary_hour"]
    return (
        not work.reminders.made_between(work.today, work.today)
        and d.may_leave(work.calendar, work.now, hour)
        and not work.reminders.turns_wait(work.today)
    )


def _summarise(work: ReportsUnitOfWork) -> None:
    today = work.today
    weekly = not work.reminders.made_between(d.monday(today), today)
    found = owed(work, SYSTEM)
    for one in found:
        _remind_of(work, one)
    fresh = work.reminders.take(today)
    schools = sorted(set(d.receivers(found, fresh, today, weekly=weekly)))
    work.reminders.add_summaries(d.Summary(school, today, weekly) for school in schools)
    work.summary_mails.add(schools, today)
    work.reminders.mark_made(today, work.now)
    work.summary_mails.forget(today - timedelta(days=reminder_phrases()["kept_days"]))


def _remind_of(work: ReportsUnitOfWork, one: d.Outstanding) -> None:
    """Keep the newest reminder of what no turn reminds of: a request, a deadline that moved."""
    if last := d.last_step(work.calendar, one.due_on, work.today):
        step, came_on = last
        deadline = (one.subject_id, one.school, one.due_on)
        work.reminders.add(one.subject, deadline, step, came_on=came_on, at=work.now)
