"""What happens when a report leaves its school, however it does."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from chassis.clock import local_day
from contracts.events import Event
from contracts.events.reports import ReportSubmitted
from contracts.rpc import obligations as m
from reports.application import turning
from reports.application.changes import Change, keep
from reports.application.completeness import check_complete
from reports.application.freezing import freeze
from reports.application.questions import detail
from reports.domain.obligations import Obligation, state_of_submission
from reports.storage.unit_of_work import ReportsUnitOfWork


def send(
    work: ReportsUnitOfWork,
    before: Obligation,
    at: datetime,
    note: str,
    *,
    holds: Iterable[int],
    more: Mapping[str, str] | None = None,
) -> Obligation:
    """Submit a locked obligation that may be submitted, as of the moment `at`.

    On time or late follows from the day of `at`; the first submission counts for good. `holds` are
    the parts of the checklist that the sender vouches for, `more` is added to the params of the
    step. Returns the obligation; `done` ends the command. Raises `reports.incomplete`.
    """
    vouched = check_complete(work, before, holds)
    ready = turning.catch_up(work, before)
    freeze(work, ready)
    day = local_day(at)
    number, late = ready.submissions + 1, work.calendar.late(ready.due_on, day)
    work.chronicle.submit(
        ready.obligation_id, number, at=at, late=late, actor=work.actor, note=note
    )
    work.documents.leave(ready.obligation_id, number)
    changed = replace(
        ready,
        state=state_of_submission(number, late),
        next_turn_on=None,
        submissions=number,
        withdrawn=False,
    )
    if number == 1:
        changed = replace(changed, submitted_at=at, submitted_on=day, late_working_days=late)
    event = ReportSubmitted(
        obligation_id=ready.obligation_id,
        school=ready.school,
        kind=ready.kind,
        submission=number,
        submitted_on=day,
        due_on=ready.due_on,
        late_working_days=late,
        version=ready.version + 1,
    )
    params = {"submission": str(number), "late_working_days": str(late), **(more or {})}
    if vouched:
        params["vouched"] = ", ".join(map(str, vouched))
    return keep(work, Change(changed, event, "submitted", note=note, params=params))


def done(
    work: ReportsUnitOfWork,
    what: str,
    before: Obligation,
    after: Obligation,
    more: Mapping[str, str] | None = None,
) -> m.ObligationDetail:
    """Write the audit row of a command on an obligation and return how it stands."""
    work.audit(
        f"report.{what}",
        str(after.obligation_id),
        school=after.school,
        before={"state": before.state, "submissions": before.submissions},
        after={"state": after.state, "submissions": after.submissions, **(more or {})},
    )
    return detail(work, after)


def keep_and_tell(
    work: ReportsUnitOfWork,
    before: Obligation,
    changed: Obligation,
    event: Event | None,
    what: str,
    *,
    note: str = "",
) -> m.ObligationDetail:
    """Store a changed obligation with its event, step and audit row."""
    after = keep(work, Change(changed, event, what, note=note))
    return done(work, what, before, after)
