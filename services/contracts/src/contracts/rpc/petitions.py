"""Questions and commands about petitions and suggestions (plan, R15)."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt

from contracts.days import Day
from contracts.events.inspections import PetitionKind
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.rpc.remedies import DueChange
from contracts.written import Said, Short

declare(
    {
        "inspections.submission_differs": 409,  # the id is known, the petition is another
        "inspections.unknown_receipt": 404,
    }
)

PetitionState = Literal["open", "overdue", "answered"]


class PetitionText(Model):
    """What somebody tells a school. `contact` is optional and stays in this service.

    A petition (phản ánh, kiến nghị) or a suggestion (góp ý); `submission_id` is made by the sender
    and kept for resends: the same id with the same body is the same petition.
    """

    submission_id: UUID
    school: SchoolCode
    kind: PetitionKind = "suggestion"
    about_procedures: bool = False
    concerns_head: bool = False
    text: Said
    contact: Short = ""


class SubmitPetition(PetitionText, Request):
    """`submit_petition` by anybody → `PetitionReceipt`. Raises `inspections.unknown_school`."""

    noted = False


class ReceivePetition(PetitionText, Request):
    """`receive_petition` by staff who were told it → `Petition`; `received_on` None: today."""

    received_on: Day | None = None


class PetitionReceipt(Model):
    """What the sender keeps; the code alone lets anybody read what became of it."""

    receipt: str
    due_on: date


class GetPublicPetition(Request):
    """`get_public_petition` by its receipt. Raises `inspections.unknown_receipt`."""

    noted = False
    receipt: str = Field(max_length=40)


class PublicPetition(Model):
    """What the sender may read: the state and the answer, not the text."""

    receipt: str
    kind: PetitionKind
    school_title: str
    state: PetitionState
    received_on: date
    due_on: date
    answered_on: date | None
    answer: str | None


class Petition(Model):
    """A petition as staff see it, with text and contact."""

    petition_id: UUID
    receipt: str
    school: SchoolCode
    school_title: str
    kind: PetitionKind
    source: Literal["public", "staff"]
    about_procedures: bool
    concerns_head: bool
    text: str
    contact: str
    state: PetitionState
    received_on: date
    due_on: date
    due_changes: tuple[DueChange, ...]
    working_days_left: int | None
    late_working_days: NonNegativeInt
    answered_on: date | None
    answer: str | None
    correlation_id: UUID
    version: int


class Petitions(Model):
    """Petitions, those due first at the top."""

    items: tuple[Petition, ...]


class ListPetitions(Request):
    """`list_petitions` in the actor's scope; what concerns the head not for the school."""

    school: SchoolCode | None = None
    state: PetitionState | None = None


class AnswerPetition(Request):
    """`answer_petition` → `Petition`."""

    petition_id: UUID
    text: Said
