"""What the calendar answers."""

from datetime import date

from contracts.problems import Problem
from contracts.rpc.directory import Calendar, CalendarDay, ShippedDay
from contracts.rpc.workdays import KindDeadline, WorkingDays
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.reports import DEADLINE, KINDS
from tests.dashboard.sample.surveys import Q1


def add(asked: Asked) -> WorkingDays:
    return WorkingDays(
        after=date.fromisoformat(asked.query["after"]),
        until=date(2026, 1, 10),
        working_days=int(asked.query["working_days"]),
        steps=DEADLINE.steps,
    )


def deadline(asked: Asked) -> KindDeadline:
    if asked.query["kind"] not in KINDS:
        raise Problem("reports.unknown_kind", kind=asked.query["kind"])
    return KindDeadline(kind=asked.query["kind"], kind_version=1, period=Q1, deadline=DEADLINE)


def calendar(_: Asked) -> Calendar:
    entered = CalendarDay(
        day=date(2024, 6, 17), kind="off", legal_basis="Công văn số 99/UBND (thí dụ)"
    )
    swapped = ShippedDay(
        day=date(2024, 5, 4),
        kind="work",
        legal_basis="Công văn số 2450/VPCP-KGVX",
        source="https://example.vn/2450",
    )
    return Calendar(items=(entered,), shipped=(swapped,))


def set_day(asked: Asked) -> CalendarDay:
    return CalendarDay.model_validate(
        {
            "day": asked.path["day"],
            "kind": asked.body["kind"],
            "legal_basis": asked.body["legal_basis"],
        }
    )


ROUTES: dict[str, Route] = {
    "GET /workdays/add": add,
    "GET /workdays/deadline": deadline,
    "GET /calendar": calendar,
    "PUT /calendar/{day}": set_day,
}
