"""What anybody may ask: a campaign by its address."""

from contracts.problems import Problem
from contracts.rpc.surveys import GetPublicCampaign, PublicCampaign
from surveys.storage.unit_of_work import SurveysUnitOfWork


def get_public_campaign(work: SurveysUnitOfWork, wanted: GetPublicCampaign) -> PublicCampaign:
    """Return what a parent's page needs: the school, the days, and what is asked.

    A campaign that is over by its days is told as closed, even before the timer has closed it.
    """
    campaign = work.campaigns.by_slug(wanted.slug) if wanted.slug.isalnum() else None
    if campaign is None:
        raise Problem("surveys.unknown_campaign")
    refusal = campaign.refuse_answers(work.today)
    over = refusal is not None and refusal.code == "surveys.campaign_closed"
    titles = work.schools.titles([campaign.school])
    return PublicCampaign(
        campaign_id=campaign.id,
        slug=campaign.slug,
        school=campaign.school,
        school_title=titles.get(campaign.school, campaign.school),
        state="closed" if over else campaign.state,
        opens_on=campaign.opens_on,
        closes_on=campaign.closes_on,
        legal_basis=campaign.legal_basis,
        form=work.forms.asked_by(campaign),
        access=campaign.access,
        classes=campaign.classes,
    )
