"""The chain of a campaign for whoever may see it, without what its results keep back."""

from typing import Any

from chassis import traces
from contracts.events.surveys import CampaignClosed
from contracts.rpc.base import TraceEvent, TraceReply, TraceRequest
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.secrecy import sees_about_head
from surveys.storage.unit_of_work import SurveysUnitOfWork

# What is told of the overall item is as secret as its counts.
_OVERALL = ("overall", "valid", "satisfied", "very_satisfied")


def trace(work: SurveysUnitOfWork, wanted: TraceRequest) -> TraceReply:
    """Return the events of a chain; a closing tells no more than the results do."""
    reply = traces.read(work.connection, work.actor, wanted)
    head = sees_about_head(work.actor.role)
    return TraceReply(events=tuple(_told(event, about_head=head) for event in reply.events))


def _told(event: TraceEvent, *, about_head: bool) -> TraceEvent:
    if event.type != CampaignClosed.name:
        return event
    data: dict[str, Any] = dict(event.data)
    data["distribution"] = [
        counts for counts in data["distribution"] if sum(counts["counts"]) >= FEWEST_SHOWN
    ]
    if data["valid"] < FEWEST_SHOWN:
        for name in _OVERALL:
            del data[name]
    if not about_head:
        del data["improper_demands"]  # it counts the reports about the head as well
    return event.model_copy(update={"data": data})
