"""How the calendar makes campaigns: rules, care forms of schools, exemptions, days."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from contracts.days import Day
from contracts.events.surveys import FormLength
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import campaign_rules as m
from contracts.rpc.surveys import CampaignDetail
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")


class Length(Model):
    """A school's care form, short or whole; null: as the rule says."""

    length: FormLength | None


class Days(Model):
    """The first and the last day that take answers; both null: those of the calendar again."""

    opens_on: Day | None
    closes_on: Day | None


@router.get("/campaign-rules", tags=["campaign rules"])
async def list_campaign_rules(ask: Ask) -> m.CampaignRules:
    """The rules by which campaigns are made, and the schools whose care form differs."""
    return await ask("surveys", "list_campaign_rules", m.ListCampaignRules(), m.CampaignRules)


@router.post("/campaign-rules", tags=["campaign rules"])
async def set_campaign_rule(ask: Ask, rule: m.RuleBody) -> m.CampaignRule:
    """Add a rule that holds from a day ahead on, or replace the one of that day."""
    wanted = m.SetCampaignRule(**dict(rule))
    return await ask("surveys", "set_campaign_rule", wanted, m.CampaignRule)


@router.post("/campaign-rules/{valid_from}/withdraw", tags=["campaign rules"])
async def withdraw_campaign_rule(ask: Ask, valid_from: Day) -> m.CampaignRules:
    """Take back a rule that does not hold yet."""
    wanted = m.WithdrawCampaignRule(valid_from=valid_from)
    return await ask("surveys", "withdraw_campaign_rule", wanted, m.CampaignRules)


@router.post("/schools/{school}/care-length", tags=["campaign rules"])
async def set_care_length(ask: Ask, school: SchoolCode, given: Length) -> m.CampaignRules:
    """Let a school's care form be short or whole; campaigns that are not open follow."""
    wanted = m.SetCareLength(school=school, length=given.length)
    return await ask("surveys", "set_care_length", wanted, m.CampaignRules)


@router.get("/exemptions", tags=["campaign rules"])
async def list_exemptions(
    ask: Ask, school: Annotated[SchoolCode | None, Query()] = None
) -> m.Exemptions:
    """Who was exempted from what, by whom, when and why; lifted ones too."""
    return await ask("surveys", "list_exemptions", m.ListExemptions(school=school), m.Exemptions)


@router.post("/exemptions", tags=["campaign rules"], status_code=201)
async def exempt_school(ask: Ask, new: m.ExemptionBody) -> m.Exemption:
    """Exempt a school from a quarter, or from some days; what is planned then goes."""
    return await ask("surveys", "exempt_school", m.ExemptSchool(**dict(new)), m.Exemption)


@router.post("/exemptions/{exemption_id}/lift", tags=["campaign rules"])
async def lift_exemption(ask: Ask, exemption_id: UUID) -> m.Exemption:
    """Take an exemption back, before the field time; the campaigns are planned again."""
    wanted = m.LiftExemption(exemption_id=exemption_id)
    return await ask("surveys", "lift_exemption", wanted, m.Exemption)


@router.post("/campaigns/{campaign_id}/days", tags=["surveys"])
async def set_campaign_days(ask: Ask, campaign_id: UUID, days: Days) -> CampaignDetail:
    """Give a campaign that is not open other days, or those of the calendar again."""
    wanted = m.SetCampaignDays(campaign_id=campaign_id, **dict(days))
    return await ask("surveys", "set_campaign_days", wanted, CampaignDetail)
