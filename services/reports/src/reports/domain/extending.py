"""Deadlines that the district extends; they say so, and keep it when the calendar changes."""

from datetime import date, timedelta
from typing import Final

from contracts.problems import Problem
from reports.domain.obligations import Obligation
from reports.domain.turns import NOTICES, day_of
from workdays import Calendar, Deadline, Step, on_day

EXTENDED: Final = "extended"
LONGEST: Final = timedelta(days=366)


def check(obligation: Obligation, until: date, calendar: Calendar, today: date) -> None:
    """Raise `Problem` unless the obligation's deadline can be extended until a day."""
    obligation.check_extend()
    earliest = max(obligation.due_on + timedelta(days=1), today)
    latest = max(obligation.due_on, today) + LONGEST
    if not earliest <= until <= latest:
        raise Problem(
            "reports.extension_dates", earliest=earliest.isoformat(), latest=latest.isoformat()
        )
    if calendar.why_off(until) is not None:
        raise Problem("reports.extension_day_off", due_on=until.isoformat())


def extended(before: Deadline, calendar: Calendar, until: date, reason: str) -> Deadline:
    """Return the deadline with its extension; never earlier than it was without."""
    moved = on_day(
        calendar,
        until,
        "by",
        rule=before.rule,
        version=before.version,
        legal_basis=before.legal_basis,
    )
    params = {"on": before.due_on.isoformat(), "until": until.isoformat(), "reason": reason}
    _, *moves = moved.steps  # the first one names the day, as the extension does
    return Deadline(
        max(before.due_on, moved.due_on),
        before.rule,
        before.version,
        before.legal_basis,
        (*before.steps, Step(EXTENDED, params), *moves),
    )


def extended_again(former: Deadline, computed: Deadline, calendar: Calendar) -> Deadline:
    """Return a deadline that was computed anew, with the extensions of the former one."""
    for step in former.steps:
        if step.code == EXTENDED:
            until = date.fromisoformat(step.params["until"])
            computed = extended(computed, calendar, until, step.params["reason"])
    return computed


def noticed_by(calendar: Calendar, due_on: date, today: date) -> int | None:
    """Return the last notice whose day has come before a deadline: the next ones are told."""
    come = [days for days in NOTICES if day_of(days, calendar, due_on) <= today]
    return min(come, default=None)
