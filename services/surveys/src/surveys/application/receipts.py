"""What anybody may ask with a receipt: what became of the campaign, nothing of the answer."""

from contracts.codes import read_code
from contracts.problems import Problem
from contracts.rpc.receipts import GetPublicReceipt, PublicReceipt
from surveys.application.campaigns import tally
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.showing import show_standing
from surveys.storage.unit_of_work import SurveysUnitOfWork


def get_public_receipt(work: SurveysUnitOfWork, wanted: GetPublicReceipt) -> PublicReceipt:
    """Return the campaign that an answer went into, with its verdict where enough answered.

    No staff may ask for receipts, and none are shown to them: a receipt leads whoever has it to
    the campaign alone.
    """
    receipt = read_code(wanted.receipt)
    campaign_id = work.responses.campaign_of(receipt) if receipt is not None else None
    if campaign_id is None:
        raise Problem("surveys.unknown_receipt")
    campaign = work.campaigns.known(campaign_id)
    form = work.forms.asked_by(campaign)
    told: dict[str, object] = {}
    if campaign.state == "closed" and (campaign.responses or 0) >= FEWEST_SHOWN:
        told["responses"] = campaign.responses
        standing = show_standing(
            tally(work, campaign), campaign.target_percent, campaign.handed_out
        )
        if standing.rate is not None:
            told |= {"verdict": standing.verdict, "conclusive": standing.conclusive}
    titles = work.schools.titles([campaign.school])
    return PublicReceipt.model_validate(
        {
            "campaign_id": campaign.id,
            "school_title": titles.get(campaign.school, campaign.school),
            "form_words": form.words,
            "state": campaign.state,
            "closes_on": campaign.closes_on,
            "closed_on": campaign.closed_on,
            "target_percent": campaign.target_percent,
            "responses": None,
            "verdict": None,
            "conclusive": None,
        }
        | told
    )
