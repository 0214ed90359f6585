"""What the timeliness metrics are made of: a few grouped questions to the database."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, case, func, select

from contracts.rpc.obligations import ObligationState
from reports.domain.obligations import WAITING
from reports.domain.timeliness import Standing, standing
from reports.storage.preparing_tables import preparations
from reports.storage.tables import obligations, submissions

_c = obligations.c
SchoolKind = tuple[str, str]


@dataclass(frozen=True)
class Snapshot:
    """Obligations at one moment.

    `first_due` is the earliest deadline of what is not submitted, `next_due` the earliest that is
    still ahead. `standings` counts by kind what was due since a day, `lateness` the first
    submissions by kind and working days late, since the beginning. `approvals` are the drafts that
    wait for approval, with the earliest deadline among them.
    """

    states: dict[tuple[str, str, ObligationState], int]
    first_due: dict[SchoolKind, date]
    next_due: dict[SchoolKind, date]
    submitted_at: dict[SchoolKind, datetime]
    standings: dict[tuple[str, Standing], int]
    lateness: dict[tuple[str, int], int]
    approvals: dict[SchoolKind, tuple[int, date]]


def read(connection: Connection, today: date, since: date) -> Snapshot:
    """Return the snapshot of a day; shares count obligations due since another."""
    states = select(_c.school, _c.kind, _c.state, func.count().label("n"))
    waiting = _c.state.in_(WAITING)
    due = (
        select(
            _c.school,
            _c.kind,
            func.min(_c.due_on).label("first"),
            func.min(_c.due_on).filter(_c.due_on >= today).label("next"),
        )
        .where(waiting)
        .group_by(_c.school, _c.kind)
    )
    sent = (
        select(_c.school, _c.kind, func.max(submissions.c.submitted_at).label("at"))
        .join(submissions, submissions.c.obligation_id == _c.obligation_id)
        .group_by(_c.school, _c.kind)
    )
    late = case((func.coalesce(_c.late_working_days, 0) > 0, 1), else_=0).label("late")
    stands = (
        select(_c.kind, _c.state, late, func.count().label("n"))
        .where(_c.due_on >= since)
        .group_by(_c.kind, _c.state, late)
    )
    days = (
        select(_c.kind, _c.late_working_days, func.count().label("n"))
        .where(_c.late_working_days.is_not(None))
        .group_by(_c.kind, _c.late_working_days)
    )
    approvals = (
        select(_c.school, _c.kind, func.count().label("n"), func.min(_c.due_on).label("due_on"))
        .join(preparations, preparations.c.obligation_id == _c.obligation_id)
        .where(preparations.c.stage == "awaiting_approval", _c.state.in_(WAITING | {"returned"}))
        .group_by(_c.school, _c.kind)
    )
    deadlines = connection.execute(due).all()
    standings: dict[tuple[str, Standing], int] = {}
    for row in connection.execute(stands):
        key = (row.kind, standing(row.state, row.late))
        standings[key] = standings.get(key, 0) + row.n
    return Snapshot(
        states={
            (row.school, row.kind, row.state): row.n
            for row in connection.execute(states.group_by(_c.school, _c.kind, _c.state))
        },
        first_due={(row.school, row.kind): row.first for row in deadlines},
        next_due={(row.school, row.kind): row.next for row in deadlines if row.next is not None},
        submitted_at={(row.school, row.kind): row.at for row in connection.execute(sent)},
        standings=standings,
        lateness={(row.kind, row.late_working_days): row.n for row in connection.execute(days)},
        approvals={
            (row.school, row.kind): (row.n, row.due_on) for row in connection.execute(approvals)
        },
    )
