"""What the calendar answers."""

from datetime import date

from contracts.problems import Problem
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


ROUTES: dict[str, Route] = {"GET /workdays/add": add, "GET /workdays/deadline": deadline}
