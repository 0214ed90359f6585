"""Personal data as the gateway tells of it: how long words are kept, what people ask for."""

from typing import TypedDict


class KeepingRule(TypedDict):
    """From `valid_from` on, words are erased so many months after their campaign closed."""

    words: str
    valid_from: str
    months: int
    legal_basis: str
    in_force: bool


class KeepingRules(TypedDict):
    """The rules, those of the latest days first."""

    items: list[KeepingRule]


class DataRequest(TypedDict):
    """What somebody asked about their own data; `late`: what it waits for is over its day."""

    request_id: str
    school: str
    school_title: str
    kind: str
    reference: str
    state: str
    received_on: str
    reply_due_on: str
    replied_on: str | None
    act_due_on: str
    ended_on: str | None
    note: str
    late: bool
    legal_basis: str


class DataRequests(TypedDict):
    """Requests: those that wait first."""

    items: list[DataRequest]
