"""The district gives a school more time: a later deadline, the former one kept, and why."""

from dataclasses import replace

from contracts.rpc import obligations as o
from contracts.rpc.oversight import ExtendObligation
from reports.application import turning
from reports.application.changes import Change, keep, telling_deadline
from reports.application.commands import locked
from reports.application.sending import done
from reports.domain import extending
from reports.domain.turns import next_turn_on
from reports.storage.unit_of_work import ReportsUnitOfWork


def extend_obligation(work: ReportsUnitOfWork, request: ExtendObligation) -> o.ObligationDetail:
    """Extend a deadline, once time has caught up with it; raises `Problem`."""
    before = locked(work, request.obligation_id)
    calendar = work.calendar
    extending.check(before, request.due_on, calendar, work.today)
    ready = turning.catch_up(work, before)
    deadline = extending.extended(ready.deadline, calendar, request.due_on, request.reason)
    noticed = extending.noticed_by(calendar, deadline.due_on, work.today)
    changed = replace(
        ready,
        deadline=deadline,
        state="upcoming" if noticed is None else "due_soon",
        noticed=noticed,
        next_turn_on=next_turn_on(calendar, deadline.due_on, noticed),
    )
    work.chronicle.replace_deadline(ready.obligation_id, ready.deadline, work.now)
    days = {"from": ready.due_on.isoformat(), "to": deadline.due_on.isoformat()}
    after = keep(
        work,
        Change(changed, telling_deadline(changed), "extended", note=request.reason, params=days),
    )
    return done(work, "extended", before, after, days)
