"""Answers about working days, windows and deadlines, by the calendar as it stands now."""

from contracts.days import FIRST_YEAR, LAST_YEAR
from contracts.problems import Problem
from contracts.rpc import workdays as m
from reports.application import wording
from reports.storage.unit_of_work import ReportsUnitOfWork
from workdays import Span, added, counted, why_window


def add_working_days(work: ReportsUnitOfWork, request: m.AddWorkingDays) -> m.WorkingDays:
    """The last of so many working days after a day."""
    return _span(added(work.calendar, request.after, request.working_days))


def count_working_days(work: ReportsUnitOfWork, request: m.CountWorkingDays) -> m.WorkingDays:
    """The working days between two days; raises `Problem`."""
    if not 0 <= (request.until - request.after).days <= m.LONGEST_DAYS:
        raise Problem("reports.wrong_span", longest=m.LONGEST_DAYS)
    return _span(counted(work.calendar, request.after, request.until))


def get_window(work: ReportsUnitOfWork, request: m.GetWindow) -> m.PeriodWindow:  # noqa: ARG001
    """The days that a period's figures cover; raises `Problem`."""
    period = wording.period_of(request.period)
    return m.PeriodWindow(
        period=wording.period_ref(period), steps=wording.steps(why_window(period))
    )


def get_kind_deadline(work: ReportsUnitOfWork, request: m.GetKindDeadline) -> m.KindDeadline:
    """Until when a kind is due for a period, and why; raises `Problem`."""
    period = wording.period_of(request.period)
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise Problem("reports.unknown_period", period=request.period)
    if request.kind not in work.kinds.codes():
        raise Problem("reports.unknown_kind", kind=request.kind)
    for kind, asked in work.kinds.periods_of(period.year):
        if kind.code == request.kind and asked == period:
            deadline = kind.deadline.after(work.calendar, period.ends_on)
            return m.KindDeadline(
                kind=kind.code,
                kind_version=kind.version,
                period=wording.period_ref(period),
                deadline=wording.explained(deadline),
            )
    raise Problem("reports.kind_without_period", kind=request.kind, period=request.period)


def _span(span: Span) -> m.WorkingDays:
    return m.WorkingDays(
        after=span.after,
        until=span.until,
        working_days=span.working_days,
        steps=wording.steps(span.steps),
    )
