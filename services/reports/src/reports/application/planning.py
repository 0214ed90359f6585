"""Obligations for the year ahead, each once, however often and by however many this runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from chassis.database import only_one
from contracts.rpc.base import SYSTEM
from messaging import Trace
from reports.application.changes import Change, keep_all, telling_deadline
from reports.domain.obligations import Obligation
from reports.domain.planning import Owed, due_between
from reports.domain.turns import next_turn_on
from reports.storage.schools import School
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

LOCK = "reports.plan"
AHEAD = timedelta(days=366)
SCHOOLS_AT_ONCE = 50


@dataclass(frozen=True)
class Span:
    """The deadlines that are planned in one go, both ends included.

    `known_from` is since when all are planned, with those of before.
    """

    first: date
    last: date
    known_from: date


def plan_all(units: Units) -> None:
    """Plan every school that is not planned for a year from today; one replica at a time."""
    with only_one(units.engine, LOCK) as mine:
        while mine is not None and _plan_some(units) == SCHOOLS_AT_ONCE:
            pass


def _plan_some(units: Units) -> int:
    with units.for_system() as work:
        until = work.today + AHEAD
        schools = work.schools.to_plan(work.today, until, work.kinds.digest, SCHOOLS_AT_ONCE)
        plan(work, schools)
        return len(schools)


def plan(work: ReportsUnitOfWork, schools: Sequence[School]) -> None:
    """Create what locked schools owe for the year ahead and don't yet; tell each."""
    lives = {school.code: school.life for school in schools if school.life is not None}
    if not lives:
        return
    work.moved_days.hold()
    spans = _spans(schools, work.today)
    due = {span: [*due_between(work.kinds, work.calendar, span.first, span.last)] for span in spans}
    # Most days bring no deadline with them: what is there need not be read then.
    have = work.obligations.owed_by(lives) if any(due.values()) else set()
    new = []
    for span, codes in spans.items():
        for one in sorted(due[span], key=lambda o: (o.deadline.due_on, o.kind.code)):
            kind, period = one.kind.code, one.period
            for code in codes:
                known = (code, kind, period.kind, period.year, period.index) in have
                if not known and lives[code].covers(period.ends_on):
                    new.append(_obligation(work, code, one))
        work.schools.mark_planned(codes, span.known_from, span.last, work.kinds.digest)
    added = work.obligations.add(new)
    owed = [one for one in new if one.obligation_id in added]
    keep_all(work, [Change(one, telling_deadline(one), "created", actor=SYSTEM) for one in owed])


def _spans(schools: Iterable[School], today: date) -> dict[Span, list[str]]:
    """Return the schools by what is to be planned of them; most are alike."""
    found: dict[Span, list[str]] = {}
    for school in schools:
        if school.life is not None:
            found.setdefault(_span(school, today), []).append(school.code)
    return found


def _span(school: School, today: date) -> Span:
    """Go on after what is planned, or start today; a clock that went back is planned too."""
    first = today
    if school.planned_to is not None:
        first = min(today, school.planned_to + timedelta(days=1))
    return Span(first, today + AHEAD, min(first, school.planned_from or first))


def _obligation(work: ReportsUnitOfWork, school: str, one: Owed) -> Obligation:
    return Obligation(
        obligation_id=uuid4(),
        school=school,
        kind=one.kind.code,
        kind_version=one.kind.version,
        period=one.period,
        deadline=one.deadline,
        state="upcoming",
        noticed=None,
        next_turn_on=next_turn_on(work.calendar, one.deadline.due_on, None),
        submissions=0,
        submitted_at=None,
        submitted_on=None,
        late_working_days=None,
        received_on=None,
        correlation_id=Trace.start().correlation_id,
        last_event_id=None,
        changed_at=work.now,
        version=0,
    )
