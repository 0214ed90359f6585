"""From the domain's records to the messages that answer."""

import re
from collections.abc import Iterable
from datetime import date

from contracts.forms import Words
from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc import obligations as m
from reports.domain import kinds as k
from reports.domain.obligations import WAITING, Obligation
from workdays import Calendar, Deadline, Period, Step, sentence, window
from workdays.periods import PeriodKind

_KEY = re.compile(r"(\d{4})(?:-(?:(m)(\d\d)|(q)(\d)|(h1)|(h2)|(9m)))?")
_LETTERS: dict[str, PeriodKind] = {
    "m": "month",
    "q": "quarter",
    "h1": "first_half",
    "h2": "second_half",
    "9m": "nine_months",
}


def period_ref(period: Period) -> PeriodRef:
    """Return a period as messages carry it."""
    return PeriodRef(
        kind=period.kind,
        year=period.year,
        index=period.index,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )


def period_of(key: str) -> Period:
    """Return the period of a key ("2024-q1"); raises `Problem` for what is none."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise Problem("reports.unknown_period", period=key)
    year, *rest = (part for part in found.groups() if part)
    kind = _LETTERS[rest[0]] if rest else "year"
    try:
        return window(kind, int(year), int(rest[1]) if len(rest) > 1 else 0)
    except ValueError:
        raise Problem("reports.unknown_period", period=key) from None


def explained(deadline: Deadline) -> m.DeadlineExplained:
    """Return a deadline with each step as a sentence in both languages."""
    return m.DeadlineExplained(
        due_on=deadline.due_on,
        rule=deadline.rule,
        version=deadline.version,
        legal_basis=deadline.legal_basis,
        steps=steps(deadline.steps),
    )


def steps(told: Iterable[Step]) -> tuple[m.DeadlineStep, ...]:
    """Return steps as sentences in both languages."""
    return tuple(
        m.DeadlineStep(
            code=step.code,
            params=step.params,
            words=Words(vi=sentence(step, "vi"), en=sentence(step, "en")),
        )
        for step in told
    )


def kind_message(kind: k.Kind) -> m.Kind:
    """Return a kind as messages carry it."""
    return m.Kind(
        code=kind.code,
        words=kind.title,
        regime=kind.regime,
        version=kind.version,
        effective_from=kind.effective_from,
        periods=kind.periods,
        day=kind.deadline.day,
        wording=kind.deadline.wording,
        legal_basis=kind.legal_basis,
        recipients=recipients(kind, {}),
        checklist=tuple(part.words for part in kind.checklist),
        note=kind.note,
    )


def recipients(kind: k.Kind, parents: dict[str, str]) -> tuple[m.Recipient, ...]:
    """Return who gets a report; `parents` is hierarchy → superior on the day that counts."""
    return tuple(
        m.Recipient(
            words=one.to,
            purpose=one.purpose,
            hierarchy=one.hierarchy,
            unit=parents.get(one.hierarchy) if one.hierarchy else None,
        )
        for one in kind.recipients
    )


def working_days_left(obligation: Obligation, calendar: Calendar, today: date) -> int | None:
    """Return the working days to the deadline, negative when overdue; None once submitted."""
    return days_left(obligation.due_on, calendar, today) if obligation.state in WAITING else None


def days_left(due_on: date, calendar: Calendar, today: date) -> int:
    """Return the working days to a deadline, 0 on the day, negative when it is over."""
    late = calendar.late(due_on, today)
    return -late if late else calendar.count(today, due_on)


def obligation_message(
    obligation: Obligation, kind: k.Kind, school_title: str, calendar: Calendar, today: date
) -> m.Obligation:
    """Return an obligation as it stands today."""
    return m.Obligation(
        obligation_id=obligation.obligation_id,
        school=obligation.school,
        school_title=school_title,
        kind=obligation.kind,
        kind_words=kind.title,
        period=period_ref(obligation.period),
        state=obligation.state,
        due_on=obligation.due_on,
        deadline=explained(obligation.deadline),
        working_days_left=working_days_left(obligation, calendar, today),
        submitted_on=obligation.submitted_on,
        late_working_days=obligation.late_working_days,
        submissions=obligation.submissions,
        received_on=obligation.received_on,
        version=obligation.version,
        withdrawn=obligation.withdrawn,
    )
