"""What every change of an obligation does: its row, its event on its own chain, its step."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from contracts.events import Event
from contracts.rpc.base import Actor
from messaging import Trace, record
from reports.domain.obligations import Obligation
from reports.storage.unit_of_work import ReportsUnitOfWork


def keep(
    work: ReportsUnitOfWork,
    changed: Obligation,
    event: Event | None,
    what: str,
    *,
    actor: Actor | None = None,
    at: datetime | None = None,
    note: str = "",
    params: Mapping[str, str] | None = None,
) -> Obligation:
    """Store a changed obligation, tell `event` as the next of its chain, note the step `what`.

    `actor` is who did it, by default whoever the transaction works for; `at` is when it became
    true, by default now.
    """
    at = at or work.now
    last = changed.last_event_id
    if event is not None:
        trace = Trace(changed.correlation_id, last)
        last = record(work.connection, work.service, event, trace=trace, at=at).id
    stored = replace(changed, last_event_id=last, changed_at=at, version=changed.version + 1)
    work.obligations.save(stored)
    work.chronicle.step(
        stored.obligation_id,
        what,
        at=at,
        actor=actor or work.actor,
        note=note,
        params=params,
    )
    return stored
