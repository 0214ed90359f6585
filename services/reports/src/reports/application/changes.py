"""What every change of an obligation does: its row, its event on its own chain, its step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from contracts.events import Event
from contracts.events.reports import ObligationCreated
from contracts.rpc.base import Actor
from messaging import Trace, record_all
from reports.application.wording import period_ref
from reports.domain.obligations import Obligation
from reports.storage.chronicle import NewStep
from reports.storage.unit_of_work import ReportsUnitOfWork


@dataclass(frozen=True)
class Change:
    """An obligation as it is after a change, the `event` that tells it, the step `what`.

    `actor` is who did it, by default whoever the transaction works for; `at` is when it became
    true, by default now.
    """

    obligation: Obligation
    event: Event | None
    what: str
    actor: Actor | None = None
    at: datetime | None = None
    note: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def telling_deadline(changed: Obligation) -> ObligationCreated:
    """Return the event that tells until when a report is owed; of a change that is not kept yet."""
    return ObligationCreated(
        obligation_id=changed.obligation_id,
        school=changed.school,
        kind=changed.kind,
        period=period_ref(changed.period),
        due_on=changed.due_on,
        version=changed.version + 1,
    )


def keep(work: ReportsUnitOfWork, change: Change) -> Obligation:
    """Keep one change and return the obligation as it is stored, see `keep_all`."""
    return keep_all(work, [change])[0]


def keep_all(work: ReportsUnitOfWork, changes: Sequence[Change]) -> list[Obligation]:
    """Keep changes of as many obligations that this transaction has locked.

    Each obligation is stored, each event told as the next of its chain, each step noted, in a few
    statements for all. Returns the obligations as they are stored, in the order of `changes`.
    """
    told = _tell(work, changes)
    stored = [
        replace(
            one.obligation,
            last_event_id=told.get(one.obligation.obligation_id, one.obligation.last_event_id),
            changed_at=one.at or work.now,
            version=one.obligation.version + 1,
        )
        for one in changes
    ]
    work.obligations.save(stored)
    work.chronicle.add_steps(
        NewStep(
            one.obligation.obligation_id,
            one.what,
            at=one.at or work.now,
            actor=one.actor or work.actor,
            note=one.note,
            params=one.params,
        )
        for one in changes
    )
    return stored


def _tell(work: ReportsUnitOfWork, changes: Sequence[Change]) -> dict[UUID, UUID]:
    """Record the events by the moment at which they became true; returns obligation → event."""
    moments: dict[datetime, list[tuple[Event, Obligation]]] = {}
    for one in changes:
        if one.event is not None:
            moments.setdefault(one.at or work.now, []).append((one.event, one.obligation))
    told = {}
    for at, events in moments.items():
        items = [(event, Trace(of.correlation_id, of.last_event_id)) for event, of in events]
        envelopes = record_all(work.connection, work.service, items, at=at)
        for (_, of), envelope in zip(events, envelopes, strict=True):
            told[of.obligation_id] = envelope.id
    return told
