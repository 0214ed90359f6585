from typing import TypedDict

from dashboard.shapes.reports import Deadline, FormerDeadline


class RequestField(TypedDict):
    """One thing that is asked for, a "number" or "text"."""

    code: str
    label: str
    kind: str
    required: bool


class Answer(TypedDict):
    """What was answered last; the day and lateness are of the first answer."""

    number: int
    values: dict[str, int | float | str]
    by_name: str
    answered_on: str
    late_working_days: int


class Addressee(TypedDict):
    """A school that was asked, or one of its teams."""

    school: str
    school_title: str
    team: str
    state: str
    answer: Answer | None


class FieldTotal(TypedDict):
    """The sum of a figure."""

    code: str
    answers: int
    total: float


class FigureRequest(TypedDict):
    """A request in a list."""

    request_id: str
    title: str
    due_on: str
    working_days_left: int | None
    closed_on: str | None
    asked: int
    answered: int
    overdue: int


class FigureRequests(TypedDict):
    """Requests, open ones first."""

    items: list[FigureRequest]


class FigureRequestDetail(FigureRequest):
    """A request with the answers in scope."""

    instructions: str
    legal_basis: str
    fields: list[RequestField]
    deadline: Deadline
    former_deadlines: list[FormerDeadline]
    made_by: str
    closed_by: str | None
    close_reason: str | None
    addressees: list[Addressee]
    totals: list[FieldTotal]


class Reminder(TypedDict):
    """A text to paste, and how many it reminds."""

    words: str
    reminded: int
