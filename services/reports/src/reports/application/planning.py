"""Obligations for the year ahead, each once, however often and by however many this runs."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from chassis.database import only_one
from contracts.events.reports import ObligationCreated
from contracts.rpc.base import SYSTEM
from messaging import Trace
from reports.application import changes
from reports.application.wording import period_ref
from reports.domain.obligations import Obligation
from reports.domain.planning import Owed, owed
from reports.domain.turns import next_turn_on
from reports.storage.schools import School
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

LOCK = "reports.plan"
AHEAD = timedelta(days=366)
SCHOOLS_AT_ONCE = 50


@dataclass(frozen=True)
class Span:
    """The deadlines that are planned in one go, both ends included."""

    first: date
    last: date


def plan_all(units: Units) -> None:
    """Plan every school that is not planned for a year from today; one replica at a time."""
    with only_one(units.engine, LOCK) as mine:
        while mine is not None and _plan_some(units) == SCHOOLS_AT_ONCE:
            pass


def _plan_some(units: Units) -> int:
    with units.for_system() as work:
        until = work.today + AHEAD
        schools = work.schools.to_plan(work.today, until, work.kinds.digest, SCHOOLS_AT_ONCE)
        for school in schools:
            plan(work, school)
        return len(schools)


def plan(work: ReportsUnitOfWork, school: School) -> None:
    """Create what a locked school owes for the year ahead and doesn't yet; tell each."""
    if school.life is None:
        return
    work.moved_days.hold()
    span = _span(school, work.today)
    have = work.obligations.owed_by(school.code)
    found = owed(work.kinds, work.calendar, school.life, first=span.first, last=span.last)
    for one in sorted(found, key=lambda o: (o.deadline.due_on, o.kind.code)):
        period = one.period
        if (one.kind.code, period.kind, period.year, period.index) not in have:
            _create(work, school.code, one)
    first = min(span.first, school.planned_from or span.first)
    work.schools.mark_planned(school.code, first, span.last, work.kinds.digest)


def _span(school: School, today: date) -> Span:
    """Go on after what is planned, or start today; a clock that went back is planned too."""
    first = today
    if school.planned_to is not None:
        first = min(today, school.planned_to + timedelta(days=1))
    return Span(first, today + AHEAD)


def _create(work: ReportsUnitOfWork, school: str, one: Owed) -> None:
    trace = Trace.start()
    obligation = Obligation(
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
        correlation_id=trace.correlation_id,
        last_event_id=None,
        changed_at=work.now,
        version=0,
    )
    if work.obligations.add(obligation):
        event = ObligationCreated(
            obligation_id=obligation.obligation_id,
            school=school,
            kind=obligation.kind,
            period=period_ref(obligation.period),
            due_on=obligation.due_on,
            version=1,
        )
        changes.keep(work, obligation, event, "created", actor=SYSTEM)
