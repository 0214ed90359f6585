"""Campaigns for staff: list, look, add, change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc import surveys as messages
from surveys.application.planning import items_asked, plan_campaign
from surveys.domain.campaigns import Campaign
from surveys.domain.field_time import Plan
from surveys.domain.form_versions import version_on
from surveys.domain.secrecy import sees_about_head
from surveys.domain.showing import show_results, show_standing
from surveys.domain.tally import Tally
from surveys.storage.unit_of_work import SurveysUnitOfWork

# An extra campaign may have begun on paper a while ago; it is not planned for years.
EARLIEST: Final = timedelta(days=31)
LATEST: Final = timedelta(days=366)


def list_campaigns(work: SurveysUnitOfWork, wanted: messages.ListCampaigns) -> messages.Campaigns:
    """Return the campaigns in the actor's scope."""
    return messages.Campaigns(items=tuple(show(work, work.campaigns.listed(wanted, work.actor))))


def get_campaign(work: SurveysUnitOfWork, wanted: messages.GetCampaign) -> messages.CampaignDetail:
    """Return one campaign, with results when it is closed."""
    return detail(work, seen(work, wanted.campaign_id))


def seen(work: SurveysUnitOfWork, campaign_id: UUID) -> Campaign:
    """Return a campaign in the actor's scope; raises `resource.not_found`."""
    campaign = work.campaigns.seen(campaign_id, work.actor)
    if campaign is None:
        raise Problem("resource.not_found")
    return campaign


def create_campaign(
    work: SurveysUnitOfWork, wanted: messages.CreateCampaign
) -> messages.CampaignDetail:
    """Plan an extra campaign; the timer opens it on its day."""
    school = work.schools.find(wanted.school) if work.actor.may_see(wanted.school) else None
    if school is None or school.known_from is None:
        raise Problem("surveys.unknown_school")
    opens, closes = wanted.opens_on, wanted.closes_on
    in_order = work.today - EARLIEST <= opens <= closes and work.today <= closes
    if not in_order or closes > work.today + LATEST or not _sensible(wanted.period):
        raise Problem("surveys.wrong_dates")
    version = _version(work, wanted)
    own_days = PeriodRef(
        kind="none",
        year=wanted.opens_on.year,
        starts_on=wanted.opens_on,
        ends_on=wanted.closes_on,
    )
    plan = Plan(
        period=wanted.period or own_days,
        opens_on=wanted.opens_on,
        closes_on=wanted.closes_on,
        target_percent=wanted.target_percent,
        legal_basis=wanted.legal_basis,
    )
    ends_on = plan.period.ends_on
    items = items_asked(work, wanted.form, version, wanted.length, ends_on)
    chain = work.trace.correlation_id
    campaign = replace(
        plan_campaign(plan, wanted.school, wanted.form, version, chain, items=items),
        origin="extra",
        handed_out=wanted.handed_out,
    )
    work.campaigns.add(campaign)
    work.audit(
        "create_campaign",
        str(campaign.id),
        school=campaign.school,
        after=wanted.model_dump(mode="json", exclude={"school"}),
    )
    return detail(work, campaign)


def update_campaign(
    work: SurveysUnitOfWork, wanted: messages.UpdateCampaign
) -> messages.CampaignDetail:
    """Say how many forms were handed out, while the campaign is not closed."""
    campaign = work.campaigns.alone(wanted.campaign_id, work.actor)
    if campaign is None:
        raise Problem("resource.not_found")
    if campaign.closed_on is not None:
        raise Problem("surveys.campaign_closed", closed_on=campaign.closed_on.isoformat())
    changed = replace(campaign, handed_out=wanted.handed_out)
    work.campaigns.save(changed)
    work.audit(
        "update_campaign",
        str(campaign.id),
        school=campaign.school,
        before={"handed_out": campaign.handed_out},
        after={"handed_out": changed.handed_out},
    )
    return detail(work, changed)


def detail(work: SurveysUnitOfWork, campaign: Campaign) -> messages.CampaignDetail:
    """Return everything that the actor may see of a campaign."""
    (shown,) = show(work, [campaign])
    results = None
    if campaign.state == "closed":
        results = show_results(
            tally(work, campaign),
            improper_demands=work.demands.count([campaign.id], work.actor).get(campaign.id, 0),
            with_demand_item=sees_about_head(work.actor.role),
        )
    return messages.CampaignDetail(**dict(shown), results=results)


def tally(work: SurveysUnitOfWork, campaign: Campaign) -> Tally:
    """Return the counts of a closed campaign."""
    numbers = work.results.of([campaign.id]).get(campaign.id, {})
    return Tally(work.forms.asked_by(campaign), campaign.responses or 0, numbers)


def show(work: SurveysUnitOfWork, found: Sequence[Campaign]) -> list[messages.Campaign]:
    """Return campaigns as staff see them; of an open one only the number of answers."""
    titles = work.schools.titles(c.school for c in found)
    running = work.responses.count(c.id for c in found if c.responses is None)
    counted = work.results.of(c.id for c in found if c.state == "closed")
    shown = []
    for c in found:
        form = work.forms.asked_by(c)
        standing = None
        if c.state == "closed":
            result = Tally(form, c.responses or 0, counted.get(c.id, {}))
            standing = show_standing(result, c.target_percent, c.handed_out)
        shown.append(
            messages.Campaign(
                campaign_id=c.id,
                school=c.school,
                school_title=titles.get(c.school, c.school),
                form=c.form,
                form_version=c.form_version,
                form_words=form.words,
                period=c.period,
                opens_on=c.opens_on,
                closes_on=c.closes_on,
                closed_on=c.closed_on,
                state=c.state,
                origin=c.origin,
                target_percent=c.target_percent,
                legal_basis=c.legal_basis,
                handed_out=c.handed_out,
                slug=c.slug,
                responses=running.get(c.id, 0) if c.responses is None else c.responses,
                standing=standing,
                version=c.version,
                length=c.length,
                own_days=c.own_days,
                close_reason=c.close_reason,
            )
        )
    return shown


def _version(work: SurveysUnitOfWork, wanted: messages.CreateCampaign) -> int:
    """Return the version that an extra campaign asks; raises `surveys.unknown_form`."""
    version = wanted.form_version or version_on(work.forms.uses(), wanted.form, wanted.opens_on)
    try:
        work.forms.get(wanted.form, version or 0)
    except LookupError:
        raise Problem("surveys.unknown_form") from None
    return version or 0


def _sensible(period: PeriodRef | None) -> bool:
    """Whether a given period is one that a calendar holds."""
    return period is None or (
        period.starts_on <= period.ends_on
        and period.starts_on.year <= period.year <= period.ends_on.year
        and 0 <= period.index <= 12  # noqa: PLR2004 - months a year
    )
