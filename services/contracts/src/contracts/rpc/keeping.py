"""How long what people wrote is kept, and what is erased before, because somebody asked for it."""

from typing import Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt, StrictInt

from contracts.days import Day
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Sentence

declare({"surveys.keeping_began": 409})  # a rule holds or held already; params: valid_from

# What parents wrote to open questions, and the words of their reports of improper demands.
Words = Literal["comments", "reports"]


class KeepingBody(Model):
    """From `valid_from` on these words are erased so many months after their campaign closed."""

    words: Words
    valid_from: Day
    months: StrictInt = Field(ge=1, le=120)
    legal_basis: Sentence


class KeepingRule(KeepingBody):
    """A rule; `in_force` when its day has come: it stays as it is then."""

    in_force: bool


class KeepingRules(Model):
    """The rules, those of the latest days first. Words without a rule that holds are kept."""

    items: tuple[KeepingRule, ...]


class ListKeepingRules(Request):
    """`list_keeping_rules`."""


class SetKeepingRule(KeepingBody, Request):
    """`set_keeping_rule` → `KeepingRule`: add one, or replace the one of the same day.

    Raises `surveys.keeping_began`.
    """


class EraseComment(Request):
    """`erase_comment` → `Erased`, for the heads of the school; why, is on record.

    Raises `resource.not_found`, for one that is not shown too.
    """

    campaign_id: UUID
    comment_id: UUID
    reason: Sentence


class EraseReport(Request):
    """`erase_report` → `Erased`: its words go, that it was made stays. Raises as above."""

    report_id: UUID
    reason: Sentence


class Erased(Model):
    """So many texts are gone for good."""

    words: Words
    number: NonNegativeInt
