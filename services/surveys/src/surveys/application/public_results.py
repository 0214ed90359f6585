"""What everybody may read: the results of closed campaigns, whole and by item."""

from collections.abc import Iterable

from contracts.problems import Problem
from contracts.rpc import public_results as m
from contracts.rpc.base import SYSTEM
from contracts.rpc.surveys import ListCampaigns
from surveys.application.campaigns import tally
from surveys.domain.campaigns import Campaign
from surveys.domain.figures import expectation
from surveys.domain.showing import show_results, show_standing
from surveys.domain.tally import Tally
from surveys.storage.unit_of_work import SurveysUnitOfWork


def get_public_results(work: SurveysUnitOfWork, wanted: m.GetPublicResults) -> m.PublicResults:
    """Return a campaign's results; before its closing only that there are none yet."""
    campaign = work.campaigns.by_slug(wanted.slug) if wanted.slug.isalnum() else None
    if campaign is None:
        raise Problem("surveys.unknown_campaign")
    counted = tally(work, campaign) if campaign.state == "closed" else None
    title = work.schools.titles([campaign.school]).get(campaign.school, campaign.school)
    return _public(work, campaign, counted, title, with_items=True)


def get_school_results(work: SurveysUnitOfWork, wanted: m.GetSchoolResults) -> m.SchoolResults:
    """Return a school's closed campaigns, newest first."""
    school = work.schools.find(wanted.school) if "\x00" not in wanted.school else None
    if school is None or school.known_from is None:
        raise Problem("resource.not_found")
    listed = ListCampaigns(school=school.code, state="closed")
    found = work.campaigns.listed(listed, SYSTEM)
    return m.SchoolResults(
        school=school.code,
        school_title=school.title,
        items=tuple(_all(work, found, school.title)),
    )


def _all(
    work: SurveysUnitOfWork, found: Iterable[Campaign], title: str
) -> Iterable[m.PublicResults]:
    campaigns = list(found)
    counts = work.results.of(campaign.id for campaign in campaigns)
    for one in campaigns:
        form = work.forms.asked_by(one)
        counted = Tally(form, one.responses or 0, counts.get(one.id, {}))
        yield _public(work, one, counted, title, with_items=False)


def _public(
    work: SurveysUnitOfWork,
    campaign: Campaign,
    counted: Tally | None,
    title: str,
    *,
    with_items: bool,
) -> m.PublicResults:
    shown = None
    if counted is not None and with_items:
        shown = show_results(counted, improper_demands=0, with_demand_item=False)
    standing = None
    if counted is not None:
        standing = show_standing(counted, campaign.target_percent, campaign.handed_out)
    return m.PublicResults(
        slug=campaign.slug,
        school=campaign.school,
        school_title=title,
        form_words=work.forms.asked_by(campaign).words,
        period=campaign.period,
        opens_on=campaign.opens_on,
        closed_on=campaign.closed_on,
        legal_basis=campaign.legal_basis,
        target_percent=campaign.target_percent,
        responses=campaign.responses,
        standing=standing,
        expectation=expectation(counted) if counted is not None else None,
        results=shown,
    )
