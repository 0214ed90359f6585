"""Ad-hoc requests: many schools, or the teams of one, are asked for figures and text by a day.

A request that the district makes goes to schools. One that a head makes is a collection: it goes
to the teams (tổ) of the school and stays inside it.
"""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    Field,
    NonNegativeInt,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
    model_validator,
)

from contracts.days import Day
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request, Role
from contracts.rpc.obligations import DeadlineExplained, FormerDeadline
from contracts.written import Long, Sentence, Short

declare(
    {
        "reports.due_passed": 422,  # the deadline lies before today; params: due_on
        "reports.request_closed": 409,  # params: closed_on
        "reports.answer_invalid": 422,  # params: errors ({field, code} each); fields, their labels
    }
)

LARGEST = 10**15
FieldKind = Literal["number", "text"]
FieldFault = Literal["missing", "unknown_field", "no_number", "no_text"]
AddresseeState = Literal["open", "overdue", "answered_on_time", "answered_late", "not_answered"]
FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]
Value = (
    Annotated[StrictInt, Field(ge=-LARGEST, le=LARGEST)]
    | Annotated[StrictFloat, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
    | Long
)


def _says_something(text: str) -> str:
    if not text:
        raise ValueError("the text is empty")
    return text


Name = Annotated[Short, AfterValidator(_says_something)]


class RequestField(Model):
    """One thing that is asked for; an answer holds its value under `code`."""

    code: FieldCode
    label: Name
    kind: FieldKind
    required: StrictBool = True


class RequestBody(Model):
    """What is asked, by which day and on what basis. `wording`: by the day, or before it."""

    title: Sentence
    instructions: Long = ""
    legal_basis: Sentence
    due_on: Day
    wording: Literal["by", "before"] = "by"
    fields: Annotated[tuple[RequestField, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [one.code for one in self.fields]
        if len(codes) != len(set(codes)):
            raise ValueError("a field's code comes twice")
        return self


class NewRequest(RequestBody):
    """A request to schools."""

    schools: Annotated[tuple[SchoolCode, ...], Field(min_length=1, max_length=1000)]


class NewCollection(RequestBody):
    """A request to the teams of a school, by their names."""

    school: SchoolCode
    teams: Annotated[tuple[Name, ...], Field(min_length=1, max_length=50)]


class Answer(Model):
    """What was answered last, by whom; `answered_on` and lateness are of the first answer."""

    number: int
    values: dict[str, int | float | str]
    answered_at: datetime
    by_role: Role
    by_name: str
    answered_on: date
    late_working_days: NonNegativeInt


class Addressee(Model):
    """A school that was asked, or one of its teams (`team`, else empty)."""

    school: SchoolCode
    school_title: str
    team: str
    state: AddresseeState
    answer: Answer | None


class FieldTotal(Model):
    """The sum of a figure over the answers that hold it; exact for whole numbers."""

    code: str
    answers: NonNegativeInt
    total: int | float


class FigureRequest(Model):
    """A request as a list shows it; the numbers count those in the reader's scope."""

    request_id: UUID
    title: str
    due_on: date
    working_days_left: int | None
    closed_on: date | None
    asked: NonNegativeInt
    answered: NonNegativeInt
    overdue: NonNegativeInt


class FigureRequestDetail(FigureRequest):
    """A request with everything in the reader's scope: a school sees its own answer alone."""

    instructions: str
    legal_basis: str
    fields: tuple[RequestField, ...]
    deadline: DeadlineExplained
    former_deadlines: tuple[FormerDeadline, ...]
    made_at: datetime
    made_by: str
    closed_by: str | None
    close_reason: str | None
    addressees: tuple[Addressee, ...]
    totals: tuple[FieldTotal, ...]


class FigureRequests(Model):
    """Requests, open ones first, then by deadline."""

    items: tuple[FigureRequest, ...]


class MakeRequest(NewRequest, Request):
    """`make_request` → `FigureRequestDetail`.

    Raises `resource.not_found` for a school that is not open or not in scope,
    `reports.due_passed`.
    """


class MakeCollection(NewCollection, Request):
    """`make_collection` → `FigureRequestDetail`; raises as `make_request`."""


class ListRequests(Request):
    """`list_requests` in the actor's scope: those to schools, or those `inside` a school."""

    inside: bool = False
    school: SchoolCode | None = None


class GetRequest(Request):
    """`get_request` → `FigureRequestDetail`. Raises `resource.not_found`."""

    request_id: UUID
    inside: bool = False


class AnswerRequest(Request):
    """`answer_request` → `FigureRequestDetail`: answer, or correct an answer until it is closed.

    Raises `resource.not_found`, `reports.request_closed`, `reports.answer_invalid`.
    """

    request_id: UUID
    school: SchoolCode
    team: Short = ""
    values: Annotated[dict[FieldCode, Value], Field(max_length=40)]


class CloseRequest(Request):
    """`close_request` → `FigureRequestDetail`: nothing is answered any more.

    By whoever's scope holds all that were asked. Raises `resource.not_found`,
    `reports.request_closed`.
    """

    request_id: UUID
    inside: bool = False
    reason: Sentence
