"""Reminders, each once, and from them one summary a day for each school that has something new."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.forms import Words
from contracts.rpc.base import SYSTEM, Actor
from reports.domain import reminding as d
from reports.domain.obligations import Obligation
from reports.domain.turns import Turn, day_of
from reports.shipped import reminder_phrases
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

LOCK = "reports.summaries"
# How far the first summary of all looks back for deadlines that moved.
FIRST_LOOK: Final = timedelta(days=7)


def remind(work: ReportsUnitOfWork, turns: Iterable[tuple[Obligation, Turn]]) -> None:
    """Keep the reminders of turns that have come, in the turns' own transaction."""
    calendar = work.calendar
    work.reminders.add(
        d.Reminder(
            "report",
            one.obligation_id,
            one.school,
            one.due_on,
            d.step_of(turn),
            day_of(turn, calendar, one.due_on),
            work.now,
        )
        for one, turn in turns
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
    reports = (_report(work, one) for one in work.reminders.reports_owed(actor, school, until))
    requests = work.reminders.requests_owed(actor, school, until, today=work.today)
    return [*reports, *(_request(*one) for one in requests)]


def to_send_again(
    work: ReportsUnitOfWork, actor: Actor, school: str | None = None
) -> list[tuple[d.Outstanding, datetime]]:
    """Return the reports in the actor's scope that came back, each with the moment it did."""
    found = work.reminders.returned(actor, school)
    return [(_report(work, one, again=True), one.changed_at) for one in found]


def moved_between(
    work: ReportsUnitOfWork,
    actor: Actor,
    after: datetime,
    until: datetime,
    school: str | None = None,
) -> list[d.Moved]:
    """Return what is still owed and whose deadline moved in this time, earliest deadline first."""
    reports = work.moved_deadlines.reports(actor, school, after, until)
    requests = work.moved_deadlines.requests(actor, school, after, until, today=work.today)
    found = [
        *(d.Moved(_report(work, one), *was) for one, was in reports),
        *(d.Moved(_request(*one), *was) for one, was in requests),
    ]
    return sorted(found, key=lambda one: (one.what.due_on, one.what.title.vi, one.what.school))


def moved_by(work: ReportsUnitOfWork, day: date, school: str | None = None) -> list[d.Moved]:
    """Return what moved since the summaries before those of `day`: these are the first to tell."""
    return moved_between(work, SYSTEM, *_news(work, day), school)


def _report(work: ReportsUnitOfWork, one: Obligation, *, again: bool = False) -> d.Outstanding:
    title = work.kinds.version(one.kind, one.kind_version).title
    return d.Outstanding(
        "report", one.obligation_id, one.school, title, one.period, one.due_on, again
    )


def _request(request_id: UUID, school: str, title: str, due_on: date) -> d.Outstanding:
    return d.Outstanding("request", request_id, school, Words(vi=title, en=title), None, due_on)


def _news(work: ReportsUnitOfWork, day: date) -> tuple[datetime, datetime]:
    """Return the time of which the summaries of a day are the first to tell."""
    before, made = work.reminders.news_of(day)
    until = made or work.now
    return before or until - FIRST_LOOK, until


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
    work.reminders.add(_newest(work, found))
    fresh = work.reminders.take(today)
    after, until = _news(work, today)
    back = to_send_again(work, SYSTEM)
    fresh |= {(one.subject_id, one.school) for one, at in back if after < at <= until}
    found += [one for one, _ in back]
    told_anew = {one.what.school for one in moved_by(work, today)}
    schools = sorted(told_anew.union(d.receivers(found, fresh, today, weekly=weekly)))
    work.reminders.add_summaries(d.Summary(school, today, weekly) for school in schools)
    work.summary_mails.add(schools, today)
    work.reminders.mark_made(today, work.now)
    work.summary_mails.forget(today - timedelta(days=reminder_phrases()["kept_days"]))


def _newest(work: ReportsUnitOfWork, found: Iterable[d.Outstanding]) -> Iterator[d.Reminder]:
    """Yield the newest reminder of each: no turn reminds of a request or a moved deadline."""
    for one in found:
        if last := d.last_step(work.calendar, one.due_on, work.today):
            yield d.Reminder(one.subject, one.subject_id, one.school, one.due_on, *last, work.now)
