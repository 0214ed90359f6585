"""The chain of one matter: what a service kept of it, for whoever may see it."""

from sqlalchemy import Connection, select

from chassis.clock import exact, local_day
from contracts.rpc.base import Actor, TraceEvent, TraceReply, TraceRequest
from messaging.tables import events


def read(connection: Connection, actor: Actor, request: TraceRequest) -> TraceReply:
    """Return this service's events of a chain in order of occurrence, within the actor's scope.

    What is about no school is seen by all.
    """
    query = (
        select(events)
        .where(events.c.correlation_id == request.correlation_id)
        .order_by(events.c.occurred_at, events.c.recorded_at)
    )
    rows = connection.execute(query).mappings()
    return TraceReply(
        events=tuple(
            TraceEvent(
                id=row["id"],
                type=row["type"],
                on=local_day(row["occurred_at"]),
                at=exact(row["occurred_at"]),
                source=row["source"],
                subject=row["subject"],
                causation_id=row["causation_id"],
                data=row["data"],
            )
            for row in rows
            if row["subject"] is None or actor.may_see(row["subject"])
        )
    )
