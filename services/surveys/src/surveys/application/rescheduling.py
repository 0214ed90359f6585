"""Other days for a campaign that is not open yet."""

from dataclasses import replace
from datetime import date

from contracts.problems import Problem
from contracts.rpc.campaign_rules import SetCampaignDays
from contracts.rpc.surveys import CampaignDetail
from surveys.application.campaigns import LATEST, detail
from surveys.application.planning import Frame, frame_of, plan_school
from surveys.domain.campaigns import Campaign
from surveys.domain.field_time import rule_on
from surveys.storage.unit_of_work import SurveysUnitOfWork


def set_campaign_days(work: SurveysUnitOfWork, wanted: SetCampaignDays) -> CampaignDetail:
    """Give a planned campaign days of its own, or those of the calendar again."""
    seen = work.campaigns.seen(wanted.campaign_id, work.actor)
    # The school first, as who plans locks it first.
    school = work.schools.alone(seen.school) if seen else None
    before = work.campaigns.alone(wanted.campaign_id, work.actor)
    if before is None or school is None:
        raise Problem("resource.not_found")
    if before.state != "planned":
        raise Problem("surveys.campaign_not_planned", opens_on=before.opens_on.isoformat())
    frame = frame_of(work, [school.code])
    if wanted.opens_on is not None and wanted.closes_on is not None:
        moved = replace(before, opens_on=wanted.opens_on, closes_on=wanted.closes_on, own_days=True)
        _refuse_days(moved, work.today, frame)
        work.campaigns.save(moved)
    elif before.origin == "calendar":
        work.campaigns.save(replace(before, own_days=False))
        plan_school(work, school, frame)
    else:
        raise Problem("surveys.wrong_dates")  # no calendar knows other days for it
    after = work.campaigns.seen(wanted.campaign_id, work.actor)
    if after is None:
        raise Problem("resource.not_found")  # the calendar doesn't want it any more
    work.audit(
        "set_campaign_days",
        str(before.id),
        school=school.code,
        before=_days(before),
        after=_days(after),
    )
    return detail(work, after)


def _refuse_days(moved: Campaign, today: date, frame: Frame) -> None:
    """Raise `surveys.wrong_dates`.

    Days lie ahead and in order; those of the calendar's campaigns in their period, so before the
    reporting cut-off, and in the school year.
    """
    if not today <= moved.opens_on <= moved.closes_on <= today + LATEST:
        raise Problem("surveys.wrong_dates")
    if moved.origin == "extra":
        return
    rule = rule_on(frame.rules, moved.period.ends_on)
    terms = rule.terms(moved.period.starts_on, moved.period.ends_on) if rule else []
    if not any(begins <= moved.opens_on and moved.closes_on <= ends for begins, ends in terms):
        raise Problem("surveys.wrong_dates")


def _days(campaign: Campaign) -> dict[str, object]:
    return {
        "opens_on": campaign.opens_on.isoformat(),
        "closes_on": campaign.closes_on.isoformat(),
        "own_days": campaign.own_days,
    }
