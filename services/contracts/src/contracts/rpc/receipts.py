"""What follows from a parent's answer, by its receipt: what the school did, never who or what."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt

from contracts.events.surveys import Verdict
from contracts.forms import Words
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.rpc.surveys import CampaignState

declare({"surveys.unknown_receipt": 404})

Progress = Literal["open", "overdue", "closed"]


class GetPublicReceipt(Request):
    """`get_public_receipt` of surveys. Raises `surveys.unknown_receipt`."""

    noted = False
    receipt: str = Field(max_length=40)


class PublicReceipt(Model):
    """The campaign that an answer went into; nothing of the answer, not its day either.

    `responses` and `verdict` are None until it is closed, and where too few answered.
    """

    campaign_id: UUID
    school_title: str
    form_words: Words
    state: CampaignState
    closes_on: date
    closed_on: date | None
    target_percent: int
    responses: NonNegativeInt | None
    verdict: Verdict | None
    conclusive: bool | None


class GetPublicFollowUp(Request):
    """`get_public_follow_up` of inspections: what followed from one campaign."""

    noted = False
    campaign_id: UUID


class PublicTask(Model):
    """What the school has to improve, and whether it has."""

    state: Progress
    due_on: date
    closed_on: date | None


class PublicFollowUp(Model):
    """Improvement tasks, and the days of inspections that were carried out.

    An inspection that is still to come stays a surprise, and what concerns the head is told above
    the school only: neither is here.
    """

    tasks: tuple[PublicTask, ...]
    inspected_on: tuple[date, ...]
