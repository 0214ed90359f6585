from typing import TypedDict


class TraceEvent(TypedDict):
    """One event of a chain."""

    id: str
    type: str
    time: str
    subject: str | None
    causation_id: str | None
    data: dict[str, object]


class Trace(TypedDict):
    """The chain of one matter, in order of occurrence; `missing` are services that are away."""

    correlation_id: str
    events: list[TraceEvent]
    missing: list[str]
