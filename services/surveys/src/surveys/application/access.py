"""Who may answer a campaign, for staff: link or codes, classes, and codes that are handed out."""

from dataclasses import replace
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc import campaign_access as messages
from surveys.application.campaigns import seen
from surveys.domain.campaigns import Campaign
from surveys.storage.unit_of_work import SurveysUnitOfWork


def get_access(
    work: SurveysUnitOfWork, wanted: messages.GetCampaignAccess
) -> messages.CampaignAccess:
    """Return who may answer a campaign in the actor's scope."""
    return _show(work, seen(work, wanted.campaign_id))


def change_access(
    work: SurveysUnitOfWork, wanted: messages.ChangeCampaignAccess
) -> messages.CampaignAccess:
    """Say who may answer, and for which classes there are links."""
    campaign = _changeable(work, wanted.campaign_id)
    changed = replace(campaign, access=wanted.access, classes=wanted.classes)
    work.campaigns.save(changed)
    work.audit(
        "change_campaign_access",
        str(campaign.id),
        school=campaign.school,
        before={"access": campaign.access, "classes": list(campaign.classes)},
        after={"access": changed.access, "classes": list(changed.classes)},
    )
    return _show(work, changed)


def issue_codes(work: SurveysUnitOfWork, wanted: messages.IssueCodes) -> messages.CampaignAccess:
    """Take codes, as their fingerprints: each lets one answer in."""
    campaign = _changeable(work, wanted.campaign_id)
    if campaign.access != "codes":
        raise Problem("surveys.open_to_all")
    if wanted.class_code is not None and wanted.class_code not in campaign.classes:
        raise Problem("surveys.unknown_class", class_code=wanted.class_code)
    work.codes.issue(campaign.id, wanted.class_code, wanted.fingerprints, work.today)
    work.audit(
        "issue_codes",
        str(campaign.id),
        school=campaign.school,
        after={"class_code": wanted.class_code, "number": len(wanted.fingerprints)},
    )
    return _show(work, campaign)


def _changeable(work: SurveysUnitOfWork, campaign_id: UUID) -> Campaign:
    campaign = work.campaigns.alone(campaign_id, work.actor)
    if campaign is None:
        raise Problem("resource.not_found")
    if campaign.closed_on is not None:
        raise Problem("surveys.campaign_closed", closed_on=campaign.closed_on.isoformat())
    return campaign


def _show(work: SurveysUnitOfWork, campaign: Campaign) -> messages.CampaignAccess:
    issues = work.codes.issues(campaign.id)
    return messages.CampaignAccess(
        campaign_id=campaign.id,
        slug=campaign.slug,
        access=campaign.access,
        classes=campaign.classes,
        issues=issues,
        issued=sum(issue.number for issue in issues),
    )
