"""Who may answer a campaign: by an open link, or with one-time codes; for which classes."""

from datetime import date
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from contracts.codes import Access, ClassCode, Fingerprint
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.rpc.surveys import Slug

declare(
    {
        "surveys.code_required": 422,  # the campaign is answered with a code alone
        "surveys.code_refused": 409,  # nobody was given this code, or it was used
        "surveys.unknown_class": 422,  # params: class_code
        "surveys.open_to_all": 409,  # codes are of no use where the link is enough
    }
)

MOST_CLASSES: Final = 200
MOST_CODES: Final = 1000
Classes = Annotated[tuple[ClassCode, ...], Field(max_length=MOST_CLASSES)]


class CodeIssue(Model):
    """So many codes were made on a day; the codes themselves are known to nobody any more."""

    issued_on: date
    class_code: ClassCode | None
    number: PositiveInt


class CampaignAccess(Model):
    """Who may answer. How many of the codes were used is not told: answers are all that counts."""

    campaign_id: UUID
    slug: Slug
    access: Access
    classes: Classes
    issues: tuple[CodeIssue, ...]
    issued: NonNegativeInt


class GetCampaignAccess(Request):
    """`get_campaign_access`. Raises `resource.not_found`, for a campaign out of scope too."""

    campaign_id: UUID


class ChangeCampaignAccess(Request):
    """`change_campaign_access` → `CampaignAccess`, until the campaign is closed.

    `classes` replaces the list; a link of a class that is gone still takes answers, for no class.
    """

    campaign_id: UUID
    access: Access
    classes: Classes = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("a class stands twice")
        return self


class IssueCodes(Request):
    """`issue_codes` → `CampaignAccess`. Who makes the codes keeps them; here come fingerprints.

    With `class_code` an answer counts for that class. Raises `surveys.open_to_all`,
    `surveys.unknown_class`, `surveys.campaign_closed`.
    """

    campaign_id: UUID
    class_code: ClassCode | None = None
    fingerprints: Annotated[tuple[Fingerprint, ...], Field(min_length=1, max_length=MOST_CODES)]
