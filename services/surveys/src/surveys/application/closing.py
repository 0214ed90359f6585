"""Closing a campaign: its answers are counted for good and told."""

from dataclasses import replace
from datetime import datetime

from chassis.clock import local_day
from contracts.events.surveys import CampaignClosed
from contracts.problems import Problem
from contracts.rpc.base import SYSTEM
from contracts.rpc.surveys import CampaignDetail, CloseCampaign
from messaging import Trace, record
from surveys.application.campaigns import detail, tally
from surveys.domain.campaigns import Campaign
from surveys.domain.showing import judge
from surveys.storage.unit_of_work import SurveysUnitOfWork


def close_campaign(work: SurveysUnitOfWork, wanted: CloseCampaign) -> CampaignDetail:
    """Close an open campaign before its day."""
    campaign = work.campaigns.alone(wanted.campaign_id, work.actor)
    if campaign is None:
        raise Problem("resource.not_found")
    if campaign.state == "planned":
        raise Problem("surveys.campaign_not_open", opens_on=campaign.opens_on.isoformat())
    if campaign.closed_on is not None:
        raise Problem("surveys.campaign_closed", closed_on=campaign.closed_on.isoformat())
    closed = close(work, replace(campaign, close_reason=wanted.reason), work.now)
    work.audit(
        "close_campaign",
        str(campaign.id),
        school=campaign.school,
        before={"closes_on": campaign.closes_on.isoformat()},
        after={"closed_on": local_day(work.now).isoformat(), "responses": closed.responses},
    )
    return detail(work, closed)


def close(work: SurveysUnitOfWork, campaign: Campaign, moment: datetime) -> Campaign:
    """Count and tell, dated on `moment`. The caller has locked the campaign's row.

    Whoever submits holds the campaign open until its commit: every answer that was accepted is
    counted, and none comes after.
    """
    work.campaigns.wait_for_answers(campaign)
    work.results.count(campaign.id)
    answers = work.responses.count([campaign.id]).get(campaign.id, 0)
    closed = replace(
        campaign,
        state="closed",
        closed_on=local_day(moment),
        responses=answers,
        version=campaign.version + 1,
    )
    result = tally(work, closed)
    overall = result.overall
    judged, sure = judge(overall, closed.target_percent)
    envelope = record(
        work.connection,
        work.service,
        CampaignClosed(
            campaign_id=closed.id,
            school=closed.school,
            form=closed.form,
            form_version=closed.form_version,
            period=closed.period,
            closed_on=local_day(moment),
            responses=answers,
            handed_out=closed.handed_out,
            overall=result.overall_counts(),
            valid=overall.valid,
            satisfied=overall.satisfied,
            very_satisfied=overall.very_satisfied,
            target_percent=closed.target_percent,
            verdict=judged,
            conclusive=sure,
            distribution=result.distribution(),
            improper_demands=work.demands.count([closed.id], SYSTEM).get(closed.id, 0),
            version=closed.version,
        ),
        trace=Trace(closed.correlation_id, closed.last_event_id),
        at=moment,
    )
    closed = replace(closed, last_event_id=envelope.id)
    work.campaigns.save(closed)
    return closed
