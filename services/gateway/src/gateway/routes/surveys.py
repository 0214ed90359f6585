"""Campaigns, results and reports of improper demands, for staff."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from contracts.events.surveys import FormKind
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import surveys as m
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")

School = Annotated[SchoolCode | None, Query()]
Period = Annotated[str | None, Query(max_length=20, examples=["2024-q1"])]


class HandedOut(Model):
    """How many forms the school handed out; null takes the number back."""

    handed_out: m.FormsHandedOut | None


class Closing(Model):
    """Why a campaign is closed before its day."""

    reason: Sentence


@router.get("/campaigns", tags=["surveys"])
async def list_campaigns(
    ask: Ask,
    school: School = None,
    form: FormKind | None = None,
    state: m.CampaignState | None = None,
    period: Period = None,
) -> m.Campaigns:
    """The campaigns in scope, newest first. While one is open only its answers are counted."""
    wanted = m.ListCampaigns(school=school, form=form, state=state, period=period)
    return await ask("surveys", "list_campaigns", wanted, m.Campaigns)


@router.post("/campaigns", tags=["surveys"], status_code=201)
async def create_campaign(ask: Ask, new: m.CreateCampaign) -> m.CampaignDetail:
    """Plan an extra campaign, beside those of the calendar."""
    return await ask("surveys", "create_campaign", new, m.CampaignDetail)


@router.get("/campaigns/{campaign_id}", tags=["surveys"])
async def get_campaign(ask: Ask, campaign_id: UUID) -> m.CampaignDetail:
    """One campaign; its results when it is closed."""
    wanted = m.GetCampaign(campaign_id=campaign_id)
    return await ask("surveys", "get_campaign", wanted, m.CampaignDetail)


@router.post("/campaigns/{campaign_id}/handed-out", tags=["surveys"])
async def hand_out(ask: Ask, campaign_id: UUID, given: HandedOut) -> m.CampaignDetail:
    """Say how many forms were handed out: the response rate is measured on it."""
    wanted = m.UpdateCampaign(campaign_id=campaign_id, handed_out=given.handed_out)
    return await ask("surveys", "update_campaign", wanted, m.CampaignDetail)


@router.post("/campaigns/{campaign_id}/close", tags=["surveys"])
async def close_campaign(ask: Ask, campaign_id: UUID, closing: Closing) -> m.CampaignDetail:
    """Close an open campaign before its day; the results are final."""
    wanted = m.CloseCampaign(campaign_id=campaign_id, reason=closing.reason)
    return await ask("surveys", "close_campaign", wanted, m.CampaignDetail)


@router.get("/demands", tags=["surveys"])
async def list_demands(ask: Ask, school: School = None) -> m.Demands:
    """Reports of improper demands, without their text. What concerns the head goes above."""
    return await ask("surveys", "list_demands", m.ListDemands(school=school), m.Demands)


@router.get("/demands/{report_id}", tags=["surveys"])
async def get_demand(ask: Ask, report_id: UUID) -> m.DemandDetail:
    """One report with what the parent wrote; who reads it is on record."""
    wanted = m.GetDemand(report_id=report_id)
    return await ask("surveys", "get_demand", wanted, m.DemandDetail)
