"""Business time turns campaigns: what is due opens and closes, the longest due first."""

from dataclasses import replace

from contracts.events.surveys import CampaignOpened
from messaging import Trace, record
from surveys.application.closing import close
from surveys.domain.campaigns import Campaign, closing_moment, opening_moment
from surveys.storage.unit_of_work import SurveysUnitOfWork, Units


def turn_one(work: SurveysUnitOfWork) -> Campaign | None:
    """Open or close the campaign that has been due the longest; None when nothing is due.

    It is dated on its proper day, however late the timer comes.
    """
    campaign = work.campaigns.next_due(work.today)
    if campaign is None:
        return None
    if campaign.state == "planned":
        return _open(work, campaign)
    return close(work, campaign, closing_moment(campaign.closes_on))


def turn_all(units: Units) -> int:
    """Turn everything that is due, each in a transaction of its own; returns how many."""
    turned = 0
    while True:
        with units.for_system() as work:
            if turn_one(work) is None:
                return turned
        turned += 1


def _open(work: SurveysUnitOfWork, campaign: Campaign) -> Campaign:
    opened = replace(campaign, state="open", version=campaign.version + 1)
    envelope = record(
        work.connection,
        work.service,
        CampaignOpened(
            campaign_id=opened.id,
            school=opened.school,
            form=opened.form,
            form_version=opened.form_version,
            period=opened.period,
            opens_on=opened.opens_on,
            closes_on=opened.closes_on,
            target_percent=opened.target_percent,
            legal_basis=opened.legal_basis,
            version=opened.version,
            length=opened.length,
        ),
        trace=Trace(opened.correlation_id, opened.last_event_id),
        at=opening_moment(opened.opens_on),
    )
    opened = replace(opened, last_event_id=envelope.id)
    work.campaigns.save(opened)
    return opened
