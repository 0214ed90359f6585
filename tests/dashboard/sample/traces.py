"""The chain of one matter: from a parent's answer to the remedy, a day or two apart each."""

from datetime import date, datetime, timedelta, timezone

from contracts.events import Event
from contracts.events import inspections as i
from contracts.events import surveys as s
from contracts.problems import Problem
from contracts.rpc.base import TraceEvent
from gateway.routes.traces import Trace
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import in_scope

SCHOOL = "cau-vong-giay"
INSPECTION, FINDING, REMEDY = made("inspection"), made("finding"), made("remedy")
MATTER = made("matter")
START = datetime(2024, 3, 1, 8, 41, tzinfo=timezone(timedelta(hours=7)))
# What a parent did, what followed from it by itself, and what the turn of a day brought.
BY_DAY = (s.ImproperDemandReported, i.InspectionProposed, i.InspectionEscalated)

CHAIN: list[tuple[timedelta, Event]] = [
    (
        timedelta(),
        s.ImproperDemandReported(
            report_id=made("demand"),
            campaign_id=made("cau-vong-giay-tthc-2024-q1"),
            school=SCHOOL,
            form="tthc",
            demand="fee",
            concerns_head=False,
            day=date(2024, 3, 1),
        ),
    ),
    (
        timedelta(seconds=1),
        i.InspectionProposed(
            inspection_id=INSPECTION,
            school=SCHOOL,
            kind="triggered",
            rule="improper-demand",
            trigger_event_id=made("matter 0"),
            handled_at="school",
            proposed_on=date(2024, 3, 1),
            order_due_on=date(2024, 3, 4),
            version=1,
        ),
    ),
    (
        timedelta(days=4, hours=1),
        i.InspectionEscalated(
            inspection_id=INSPECTION,
            school=SCHOOL,
            order_due_on=date(2024, 3, 4),
            escalated_on=date(2024, 3, 5),
            version=2,
        ),
    ),
    (
        timedelta(days=4, hours=2),
        i.InspectionOrdered(
            inspection_id=INSPECTION,
            school=SCHOOL,
            kind="triggered",
            ordered_on=date(2024, 3, 5),
            version=3,
        ),
    ),
    (
        timedelta(days=5, hours=7),
        i.InspectionCompleted(
            inspection_id=INSPECTION,
            school=SCHOOL,
            kind="triggered",
            completed_on=date(2024, 3, 6),
            checked=16,
            failed=1,
            version=4,
        ),
    ),
    (
        timedelta(days=5, hours=7, seconds=1),
        i.FindingRecorded(
            finding_id=FINDING,
            inspection_id=INSPECTION,
            school=SCHOOL,
            item="K10",
            severity=2,
            found_on=date(2024, 3, 6),
        ),
    ),
    (
        timedelta(days=5, hours=8),
        i.RemedyAssigned(
            remedy_id=REMEDY,
            finding_id=FINDING,
            school=SCHOOL,
            kind="refund",
            severity=2,
            due_on=date(2024, 3, 20),
            version=1,
        ),
    ),
    (
        timedelta(days=11, hours=3),
        i.RemedyClosed(
            remedy_id=REMEDY,
            finding_id=FINDING,
            school=SCHOOL,
            due_on=date(2024, 3, 20),
            closed_on=date(2024, 3, 12),
            late_working_days=0,
            version=2,
        ),
    ),
]


def _event(place: int, after: timedelta, event: Event) -> TraceEvent:
    return TraceEvent(
        id=made(f"matter {place}"),
        type=event.name,
        on=(START + after).date(),
        at=None if isinstance(event, BY_DAY) else START + after,
        source=f"/kipthoi/{event.name.split('.')[0]}",
        subject=event.subject,
        causation_id=made(f"matter {place - 1}") if place else None,
        data=event.payload(),
    )


EVENTS = tuple(_event(place, *step) for place, step in enumerate(CHAIN))


def get_trace(asked: Asked) -> Trace:
    if asked.path["correlation_id"] != str(MATTER) or not in_scope(asked, SCHOOL):
        raise Problem("resource.not_found")
    return Trace(correlation_id=MATTER, events=EVENTS, missing=("reports",))


ROUTES: dict[str, Route] = {"GET /traces/{correlation_id}": get_trace}
