"""Exempt a school from campaigns of the calendar, and take that back."""

from dataclasses import replace
from uuid import uuid4

from contracts.events.exemptions import ExemptionLifted, SchoolExempted
from contracts.problems import Problem
from contracts.rpc import campaign_rules as messages
from surveys.application.planning import FORMS, frame_of, plan_school, plans_of
from surveys.domain.exemptions import Exemption
from surveys.storage.schools import School
from surveys.storage.unit_of_work import SurveysUnitOfWork
from workdays import window


def list_exemptions(
    work: SurveysUnitOfWork, wanted: messages.ListExemptions
) -> messages.Exemptions:
    """Return the exemptions in the actor's scope, lifted ones too."""
    found = work.exemptions.listed(wanted.school, work.actor)
    titles = work.schools.titles(one.school for one in found)
    return messages.Exemptions(items=tuple(_show(one, titles) for one in found))


def exempt_school(work: SurveysUnitOfWork, wanted: messages.ExemptSchool) -> messages.Exemption:
    """Spare a school the campaigns of some days; those that are planned go."""
    school = work.schools.alone(wanted.school) if work.actor.may_see(wanted.school) else None
    if school is None or school.known_from is None:
        raise Problem("surveys.unknown_school")
    exemption = _new(work, wanted)
    work.campaigns.planned_of(school.code)  # locks them: none of them opens from here on
    for other in work.exemptions.in_force([school.code]):
        if exemption.overlaps(other):
            raise Problem(
                "surveys.exempt_already",
                starts_on=other.starts_on.isoformat(),
                ends_on=other.ends_on.isoformat(),
            )
    for begun in work.campaigns.begun_of(school.code):
        if exemption.covers(school.code, begun.form, begun.opens_on, begun.closes_on):
            raise Problem("surveys.field_time_began", opens_on=begun.opens_on.isoformat())
    work.exemptions.add(exemption)
    plan_school(work, school, frame_of(work, [school.code]))
    work.tell(SchoolExempted.model_validate(_told(exemption)))
    work.audit(
        "exempt_school",
        str(exemption.id),
        school=school.code,
        after=_told(exemption),
    )
    return _show(exemption, work.schools.titles([school.code]))


def lift_exemption(work: SurveysUnitOfWork, wanted: messages.LiftExemption) -> messages.Exemption:
    """Take an exemption back before the field time; the campaigns are planned again."""
    seen = work.exemptions.find(wanted.exemption_id, work.actor)
    school = work.schools.alone(seen.school) if seen else None
    exemption = work.exemptions.find(wanted.exemption_id, work.actor)
    if exemption is None or school is None:
        raise Problem("resource.not_found")
    if exemption.lifted_on is not None or exemption.ends_on < work.today:
        raise Problem("surveys.exemption_over")
    _refuse_begun(work, school, exemption)
    lifted = replace(
        exemption,
        lifted_on=work.today,
        lifted_by=work.actor.account_id,
        lifted_by_name=work.actor.display_name,
        version=exemption.version + 1,
    )
    work.exemptions.save(lifted)
    plan_school(work, school, frame_of(work, [school.code]))
    work.tell(ExemptionLifted.model_validate(_told(lifted)))
    work.audit(
        "lift_exemption",
        str(lifted.id),
        school=school.code,
        before=_told(exemption),
        after={"lifted_on": work.today.isoformat()},
    )
    return _show(lifted, work.schools.titles([school.code]))


def _new(work: SurveysUnitOfWork, wanted: messages.ExemptSchool) -> Exemption:
    starts_on, ends_on = wanted.starts_on, wanted.ends_on
    if wanted.quarter is not None:
        quarter = window("quarter", wanted.quarter.year, wanted.quarter.index)
        starts_on, ends_on = quarter.starts_on, quarter.ends_on
    assert starts_on is not None
    assert ends_on is not None
    return Exemption(
        id=uuid4(),
        school=wanted.school,
        form=wanted.form,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=wanted.reason,
        made_on=work.today,
        made_by=work.actor.account_id,
        made_by_name=work.actor.display_name,
    )


def _refuse_begun(work: SurveysUnitOfWork, school: School, exemption: Exemption) -> None:
    """Raise `surveys.field_time_began` when a campaign that it covers would be open or over."""
    for plan in plans_of(work, school, frame_of(work, [])):
        for form in FORMS:
            covered = exemption.covers(school.code, form, plan.opens_on, plan.closes_on)
            if covered and plan.opens_on <= work.today:
                raise Problem("surveys.field_time_began", opens_on=plan.opens_on.isoformat())


def _told(one: Exemption) -> dict[str, object]:
    """Return what is said of an exemption, as plain values; its reason stays here."""
    return {
        "exemption_id": str(one.id),
        "school": one.school,
        "form": one.form,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "version": one.version,
    }


def _show(one: Exemption, titles: dict[str, str]) -> messages.Exemption:
    return messages.Exemption(
        exemption_id=one.id,
        school=one.school,
        school_title=titles.get(one.school, one.school),
        form=one.form,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        reason=one.reason,
        made_on=one.made_on,
        made_by=one.made_by_name,
        lifted_on=one.lifted_on,
        lifted_by=one.lifted_by_name,
    )
