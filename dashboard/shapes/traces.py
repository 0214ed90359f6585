from typing import TypedDict


class TraceEvent(TypedDict):
    """One event of a chain; `at` is None where only its day is told."""

    id: str
    type: str
    on: str
    at: str | None
    subject: str | None
    causation_id: str | None
    data: dict[str, object]


class Trace(TypedDict):
    """The chain of one matter, in order of occurrence; `missing` are services that are away."""

    correlation_id: str
    events: list[TraceEvent]
    missing: list[str]
