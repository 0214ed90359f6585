"""The chain of one matter, from all services."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc.base import TraceEvent, TraceReply, TraceRequest
from gateway.access import SCHOOL
from gateway.admission import make_router
from gateway.asking import Ask, Asker
from gateway.health import SERVICES

router = make_router("/api/v1")

NO_TIME: Final = datetime.min.replace(tzinfo=UTC)


class Trace(Model):
    """A chain of events, first cause first; `missing` names services that didn't answer."""

    correlation_id: UUID
    events: tuple[TraceEvent, ...]
    missing: tuple[str, ...]


@router.get("/traces/{correlation_id}", tags=["traces"])
async def get_trace(ask: Ask, correlation_id: UUID) -> Trace:
    """The events of one chain, asked of all services at once."""
    replies = await asyncio.gather(*(_ask_one(ask, name, correlation_id) for name in SERVICES))
    answered = zip(SERVICES, replies, strict=True)
    missing = tuple(name for name, reply in answered if reply is None)
    events = [event for reply in replies if reply is not None for event in reply.events]
    if not missing and not events:
        raise Problem("resource.not_found")
    if ask.call.actor.role in SCHOOL and any(map(_concerns_head, events)):
        raise Problem("resource.not_found")
    return Trace(correlation_id=correlation_id, events=in_order(events), missing=missing)


def in_order(events: Iterable[TraceEvent]) -> tuple[TraceEvent, ...]:
    """Return a chain by day and time; of the same time, or of a day alone, causes come first."""
    known = {event.id: event for event in events}

    def place(event: TraceEvent) -> tuple[object, ...]:
        return event.on, event.at or NO_TIME, _causes(event, known), str(event.id)

    return tuple(sorted(known.values(), key=place))


def _causes(event: TraceEvent, known: dict[UUID, TraceEvent]) -> int:
    """Return how many known events led to this one."""
    number, cause = 0, event.causation_id
    while cause in known and number < len(known):
        number, cause = number + 1, known[cause].causation_id
    return number


async def _ask_one(ask: Asker, service: str, correlation_id: UUID) -> TraceReply | None:
    try:
        return await ask(service, "trace", TraceRequest(correlation_id=correlation_id), TraceReply)
    except Problem:
        return None


def _concerns_head(event: TraceEvent) -> bool:
    """Whether the matter is handled above the school, and so hidden from it (plan, R5)."""
    return event.data.get("concerns_head") is True or event.data.get("handled_at") == "superior"
