"""Who may answer a campaign, for staff: the link or codes, classes, and codes to hand out."""

import secrets
from typing import Annotated, Self
from uuid import UUID

from fastapi import Request
from pydantic import Field, StrictInt, model_validator

from contracts.codes import Access, ClassCode, fingerprint, make_code
from contracts.model import Model
from contracts.rpc import campaign_access as m
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.state import state_of

router = make_router("/api/v1")


class AccessChange(Model):
    """By an open link, or with codes alone; `classes` replaces the list of classes."""

    access: Access
    classes: m.Classes = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("a class stands twice")
        return self


class CodeOrder(Model):
    """So many codes; with `class_code` their answers count for that class."""

    number: Annotated[StrictInt, Field(ge=1, le=m.MOST_CODES)]
    class_code: ClassCode | None = None


class NewCodes(Model):
    """Codes, told this once: nobody keeps them. `link` takes one as its query `ma-phieu`."""

    campaign_id: UUID
    class_code: ClassCode | None
    link: str
    codes: tuple[str, ...]


@router.get("/campaigns/{campaign_id}/access", tags=["surveys"])
async def get_access(ask: Ask, campaign_id: UUID) -> m.CampaignAccess:
    """Whether the link is enough or a code is asked for; the classes; how many codes there are."""
    wanted = m.GetCampaignAccess(campaign_id=campaign_id)
    return await ask("surveys", "get_campaign_access", wanted, m.CampaignAccess)


@router.post("/campaigns/{campaign_id}/access", tags=["surveys"])
async def change_access(ask: Ask, campaign_id: UUID, change: AccessChange) -> m.CampaignAccess:
    """Say who may answer, and for which classes there are links; until the campaign is closed."""
    wanted = m.ChangeCampaignAccess(
        campaign_id=campaign_id, access=change.access, classes=change.classes
    )
    return await ask("surveys", "change_campaign_access", wanted, m.CampaignAccess)


@router.post("/campaigns/{campaign_id}/codes", tags=["surveys"], status_code=201)
async def make_codes(request: Request, ask: Ask, campaign_id: UUID, order: CodeOrder) -> NewCodes:
    """Make one-time codes; they are made here, told in this answer and kept by nobody."""
    codes = tuple(make_code(secrets.randbits) for _ in range(order.number))
    wanted = m.IssueCodes(
        campaign_id=campaign_id,
        class_code=order.class_code,
        fingerprints=tuple(fingerprint(campaign_id, code) for code in codes),
    )
    access = await ask("surveys", "issue_codes", wanted, m.CampaignAccess)
    return NewCodes(
        campaign_id=campaign_id,
        class_code=order.class_code,
        link=f"{state_of(request).settings.public_url}/k/{access.slug}",
        codes=codes,
    )
