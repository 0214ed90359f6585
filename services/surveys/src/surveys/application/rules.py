"""The rules of the calendar and schools' care forms, as the district edits them."""

from contracts.problems import Problem
from contracts.rpc import campaign_rules as messages
from surveys.application.planning import frame_of, plan_school
from surveys.domain.field_time import CampaignRule
from surveys.storage.unit_of_work import SurveysUnitOfWork


def list_campaign_rules(
    work: SurveysUnitOfWork, _: messages.ListCampaignRules
) -> messages.CampaignRules:
    """Return the rules, the newest first, and the lengths of schools in scope."""
    rules = sorted(work.rules.all(), key=lambda rule: rule.valid_from, reverse=True)
    return messages.CampaignRules(
        items=tuple(_show(work, rule) for rule in rules),
        care_lengths=tuple(
            messages.CareLength(school=school, length=length)
            for school, length in work.rules.care_lengths().items()
            if work.actor.may_see(school)
        ),
    )


def set_campaign_rule(
    work: SurveysUnitOfWork, wanted: messages.SetCampaignRule
) -> messages.CampaignRule:
    """Add a rule that begins to hold on a day ahead; campaigns that are not open follow."""
    begins, ends = wanted.term_begins, wanted.term_ends
    if (ends.month, ends.day) >= (begins.month, begins.day):
        raise Problem("surveys.wrong_term")
    before = _ahead(work, wanted)
    rule = CampaignRule(
        valid_from=wanted.valid_from,
        legal_basis=wanted.legal_basis,
        target_percent=wanted.target_percent,
        field_working_days=wanted.field_working_days,
        term_begins=(begins.month, begins.day),
        term_ends=(ends.month, ends.day),
        care_length=wanted.care_length,
    )
    work.rules.put(rule)
    work.schools.plan_anew()
    shown = _show(work, rule)
    work.audit(
        "set_campaign_rule",
        rule.valid_from.isoformat(),
        before=before.model_dump(mode="json") if before else None,
        after=shown.model_dump(mode="json"),
    )
    return shown


def withdraw_campaign_rule(
    work: SurveysUnitOfWork, wanted: messages.WithdrawCampaignRule
) -> messages.CampaignRules:
    """Take back a rule that does not hold yet."""
    before = _ahead(work, wanted)
    if before is None:
        raise Problem("resource.not_found")
    work.rules.remove(wanted.valid_from)
    work.schools.plan_anew()
    work.audit(
        "withdraw_campaign_rule",
        wanted.valid_from.isoformat(),
        before=before.model_dump(mode="json"),
    )
    return list_campaign_rules(work, messages.ListCampaignRules())


def set_care_length(
    work: SurveysUnitOfWork, wanted: messages.SetCareLength
) -> messages.CampaignRules:
    """Give a school a short or a whole care form, or the rule's."""
    school = work.schools.alone(wanted.school) if work.actor.may_see(wanted.school) else None
    if school is None:
        raise Problem("resource.not_found")
    before = work.rules.care_lengths().get(wanted.school)
    work.rules.set_care_length(wanted.school, wanted.length)
    plan_school(work, school, frame_of(work, [school.code]))
    work.audit(
        "set_care_length",
        wanted.school,
        school=wanted.school,
        before={"length": before},
        after={"length": wanted.length},
    )
    return list_campaign_rules(work, messages.ListCampaignRules())


def _ahead(
    work: SurveysUnitOfWork, wanted: messages.SetCampaignRule | messages.WithdrawCampaignRule
) -> messages.CampaignRule | None:
    """Return the rule of a day ahead, if there is one.

    What holds today, or held, stays: what was planned by it could not be explained any more.
    """
    if wanted.valid_from <= work.today:
        raise Problem("surveys.rule_in_force", valid_from=wanted.valid_from.isoformat())
    found = next((r for r in work.rules.all() if r.valid_from == wanted.valid_from), None)
    return _show(work, found) if found else None


def _show(work: SurveysUnitOfWork, rule: CampaignRule) -> messages.CampaignRule:
    def day(of_year: tuple[int, int]) -> messages.DayOfYear:
        return messages.DayOfYear(month=of_year[0], day=of_year[1])

    return messages.CampaignRule(
        valid_from=rule.valid_from,
        legal_basis=rule.legal_basis,
        target_percent=rule.target_percent,
        field_working_days=rule.field_working_days,
        term_begins=day(rule.term_begins),
        term_ends=day(rule.term_ends),
        care_length=rule.care_length,
        in_force=rule.valid_from <= work.today,
    )
