"""Whether what is kept of closed campaigns still agrees with their answers."""

from collections.abc import Iterator
from uuid import UUID

from contracts.rpc.surveys import ListCampaigns
from surveys.storage.unit_of_work import SurveysUnitOfWork, Units


def recount(units: Units) -> Iterator[tuple[UUID, int]]:
    """Yield each closed campaign with how many of its stored figures differ; changes nothing."""
    with units.for_system() as work:
        closed = work.campaigns.listed(ListCampaigns(state="closed"), work.actor)
    for campaign in closed:
        with units.for_system() as work:
            yield campaign.id, _differences(work, campaign.id, campaign.responses or 0)


def _differences(work: SurveysUnitOfWork, campaign_id: UUID, responses: int) -> int:
    counted = work.responses.count([campaign_id]).get(campaign_id, 0)
    return work.results.differences(campaign_id) + (counted != responses)
