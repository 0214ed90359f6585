"""Adding and counting working days, and the window of a period, each with its reasons."""

from dataclasses import dataclass
from datetime import date, timedelta

from workdays.calendar import Calendar
from workdays.deadlines import Step, remarkable
from workdays.periods import Period


@dataclass(frozen=True)
class Span:
    """So many working days after one day, up to and with another, and why so many."""

    after: date
    until: date
    working_days: int
    steps: tuple[Step, ...]


def added(calendar: Calendar, after: date, working_days: int) -> Span:
    """Return the span that ends on the so-manieth working day (≥ 1) after a day.

    Raises `ValueError` for fewer than 1.
    """
    if working_days < 1:
        raise ValueError("at least one working day is added")
    until = calendar.add(after, working_days)
    params = {"on": after.isoformat(), "working_days": str(working_days)}
    return Span(after, until, working_days, _told(calendar, Step("counted_from", params), until))


def counted(calendar: Calendar, after: date, until: date) -> Span:
    """Return the span between two days; raises `ValueError` when the second is the earlier."""
    if until < after:
        raise ValueError("the days are counted forwards")
    working_days = calendar.count(after, until)
    params = {
        "on": after.isoformat(),
        "until": until.isoformat(),
        "working_days": str(working_days),
    }
    first = Step("counted_between", params)
    return Span(after, until, working_days, _told(calendar, first, until))


def why_window(period: Period) -> tuple[Step, ...]:
    """Return why a period's window is what it is (Decree 09/2019/NĐ-CP, art. 12)."""
    code = "window_alike" if period.kind == "nine_months" else "window"
    params = {"on": period.starts_on.isoformat(), "until": period.ends_on.isoformat()}
    return (Step(code, params),)


def _told(calendar: Calendar, first: Step, until: date) -> tuple[Step, ...]:
    start = date.fromisoformat(first.params["on"])
    offs = (calendar.why_off(start + timedelta(days=i)) for i in range(1, (until - start).days + 1))
    weekends = sum(off is not None and off.code == "weekend" for off in offs)
    rest = (Step("weekends_not_counted", {"days": str(weekends)}),) if weekends else ()
    return (first, *rest, *remarkable(calendar, start, until))
