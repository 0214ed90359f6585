"""A matter tells what became of it, on the chain that it belongs to."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from contracts.events import Event
from contracts.rpc.inspections import StepKind
from inspections.domain.inspection import Inspection
from inspections.domain.matters import Matter
from inspections.storage.history import Step
from inspections.storage.unit_of_work import InspectionsUnitOfWork
from messaging import Trace, record

M = TypeVar("M", bound=Matter)


def tell(work: InspectionsUnitOfWork, matter: M, event: Event, *, at: datetime | None = None) -> M:
    """Record an event that follows from the matter's last one; return the matter with it.

    `at` is the moment at which it became true, when that is not now.
    """
    trace = Trace(matter.correlation_id, matter.last_event_id)
    envelope = record(work.connection, work.service, event, trace=trace, at=at or work.now)
    return replace(matter, last_event_id=envelope.id)


def take_step(
    work: InspectionsUnitOfWork,
    inspection: Inspection,
    step: StepKind,
    *,
    at: datetime | None = None,
) -> None:
    """Add a step to the history of an inspection, with the event that told it."""
    work.history.add_step(
        Step(inspection.id, step, at or work.now, work.actor.role, inspection.last_event_id)
    )
