"""The body that every yardstick takes, as strict as the gateway's, and the events that follow."""

import secrets
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from pydantic import AfterValidator, BaseModel, Field, StrictInt, StringConstraints

ANSWERED = "surveys.response_submitted"
DEMANDED = "surveys.improper_demand_reported"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_TIME_BASED = {1, 2, 6, 7}


def _carries_no_time(submission_id: UUID) -> UUID:
    if submission_id.version in _TIME_BASED:
        raise ValueError("a submission id carries no time")
    return submission_id


class Demand(BaseModel):
    """What was demanded against the rules."""

    kind: Literal["papers", "fee", "other"] = "other"
    what: Annotated[str, StringConstraints(max_length=2000)] = ""
    when: Annotated[str, StringConstraints(max_length=200)] = ""
    concerns_head: bool = False


class NewResponse(BaseModel):
    """One person's answers."""

    submission_id: Annotated[UUID, AfterValidator(_carries_no_time)]
    answers: Annotated[
        dict[str, StrictInt | Annotated[str, StringConstraints(max_length=8000)]],
        Field(max_length=100),
    ]
    demand: Demand | None = None

    def row(self, campaign: str) -> dict[str, Any]:
        """Return the row that keeps it."""
        return {
            "submission_id": self.submission_id,
            "campaign": campaign,
            "day": datetime.now(UTC).date(),
            "answers": self.answers,
            "demand": self.demand.model_dump() if self.demand else None,
            "receipt": "".join(secrets.choice(LETTERS) for _ in range(8)),
        }


class Receipt(BaseModel):
    """The answer is stored."""

    receipt: str
    submission_id: UUID


class Fact(BaseModel):
    """What an event tells."""

    campaign: str
    day: date
    source: str = "api"


class Event(BaseModel):
    """An event in a CloudEvents envelope."""

    specversion: Literal["1.0"] = "1.0"
    id: UUID = Field(default_factory=uuid4)
    source: str = "/yardstick/surveys"
    type: str
    time: datetime = Field(default_factory=lambda: datetime.now(UTC))
    subject: str
    datacontenttype: Literal["application/json"] = "application/json"
    correlationid: UUID = Field(default_factory=uuid4)
    data: Fact


def events_of(new: NewResponse, row: dict[str, Any]) -> list[Event]:
    """Return what is told of an answer: that it came, and that something was demanded."""
    fact = Fact(campaign=row["campaign"], day=row["day"])
    names = [ANSWERED] if new.demand is None else [ANSWERED, DEMANDED]
    return [Event(type=name, subject=row["campaign"], data=fact) for name in names]


class Effects(BaseModel):
    """How many answers each consumer has counted, how many demands led to an inspection."""

    reports: int
    inspections: int
    demands: int
