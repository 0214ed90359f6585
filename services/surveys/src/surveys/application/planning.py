"""Campaigns by the calendar: each school gets its quarterly ones, planned ahead."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, get_args
from uuid import UUID, uuid4

from contracts.events.surveys import FormKind, FormLength
from surveys.domain.campaigns import Campaign
from surveys.domain.exemptions import Exemption, is_exempt
from surveys.domain.field_time import CampaignRule, Plan, quarterly
from surveys.domain.form_versions import FormUse, version_on
from surveys.domain.short_forms import short_items, turn_of
from surveys.storage.schools import School
from surveys.storage.unit_of_work import SurveysUnitOfWork, Units
from workdays import Calendar, Override

_SLUG_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_SLUG_LENGTH: Final = 20
FORMS: Final[tuple[FormKind, ...]] = get_args(FormKind)


@dataclass(frozen=True)
class Frame:
    """All that campaigns of the calendar are made from, as it stands in a transaction."""

    calendar: Calendar
    rules: Sequence[CampaignRule]
    uses: Sequence[FormUse]
    care_lengths: Mapping[str, FormLength]
    exemptions: Sequence[Exemption]

    def exempt(self, school: str, form: FormKind, opens_on: date, closes_on: date) -> bool:
        """Whether a school is spared a campaign with this field time."""
        return is_exempt(self.exemptions, school, form, opens_on, closes_on)


def frame_of(work: SurveysUnitOfWork, schools: Iterable[str]) -> Frame:
    """Return what plans of these schools are made from."""
    moved = {day: Override(*said) for day, said in work.moved_days.all().items()}
    return Frame(
        calendar=Calendar(moved),
        rules=work.rules.all(),
        uses=work.forms.uses(),
        care_lengths=work.rules.care_lengths(),
        exemptions=work.exemptions.in_force(schools),
    )


def plan_all(units: Units) -> int:
    """Plan for all schools that were not looked at today; returns how many campaigns are new.

    One replica at a time; the others go on without waiting.
    """
    with units.alone("surveys.planning") as work:
        return plan(work) if work is not None else 0


def plan(work: SurveysUnitOfWork) -> int:
    """Plan for the schools that wait for it, within the transaction of `work`."""
    schools = work.schools.to_plan(work.today)
    if not schools:
        return 0
    frame = frame_of(work, (school.code for school in schools))
    made = 0
    for school in schools:
        made += plan_school(work, school, frame)
        work.schools.planned(school.code, work.today)
    return made


def plan_school(work: SurveysUnitOfWork, school: School, frame: Frame) -> int:
    """Let a school, which is locked, have what the calendar wants; returns how many are new.

    Campaigns that are not open follow; those that the calendar doesn't want any more are called
    off, and come back under their old address if it wants them again.
    """
    wanted = {(made.period.key, made.form): made for made in _wanted(work, school, frame)}
    for old in work.campaigns.planned_of(school.code):
        new = wanted.pop((old.period.key, old.form), None)
        now = _followed(old, new, work.today) if new else replace(old, called_off=True)
        if now != old:
            work.campaigns.save(now)
    return sum(work.campaigns.add(campaign) for campaign in wanted.values())


def plans_of(work: SurveysUnitOfWork, school: School, frame: Frame) -> list[Plan]:
    """Return the quarters of a school, those that it is spared too."""
    if school.known_from is None:
        return []
    return list(
        quarterly(school.known_from, school.closed_on, work.today, frame.rules, frame.calendar)
    )


def plan_campaign(
    plan: Plan,
    school: str,
    form: FormKind,
    version: int,
    correlation_id: UUID,
    *,
    items: tuple[str, ...] | None = None,
) -> Campaign:
    """Return a planned campaign of the calendar under an address that nobody guesses (99 bits)."""
    return Campaign(
        id=uuid4(),
        school=school,
        form=form,
        form_version=version,
        period=plan.period,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        closed_on=None,
        state="planned",
        origin="calendar",
        target_percent=plan.target_percent,
        legal_basis=plan.legal_basis,
        handed_out=None,
        slug="".join(secrets.choice(_SLUG_LETTERS) for _ in range(_SLUG_LENGTH)),
        correlation_id=correlation_id,
        last_event_id=None,
        responses=None,
        version=1,
        items=items,
    )


def items_asked(
    work: SurveysUnitOfWork, form: FormKind, version: int, length: FormLength, ends_on: date
) -> tuple[str, ...] | None:
    """Return the items of a short form whose period ends on a day, None for a whole one."""
    if length == "whole":
        return None
    return short_items(work.forms.get(form, version), turn_of(ends_on))


def _wanted(work: SurveysUnitOfWork, school: School, frame: Frame) -> Iterable[Campaign]:
    for wanted in plans_of(work, school, frame):
        for form in FORMS:
            version = version_on(frame.uses, form, wanted.opens_on)
            if version is None or frame.exempt(
                school.code, form, wanted.opens_on, wanted.closes_on
            ):
                continue
            length: FormLength = "whole"
            if form == "care":
                length = frame.care_lengths.get(school.code, wanted.care_length)
            items = items_asked(work, form, version, length, wanted.period.ends_on)
            yield plan_campaign(wanted, school.code, form, version, uuid4(), items=items)


def _followed(old: Campaign, new: Campaign, today: date) -> Campaign:
    """Return a planned campaign as the calendar wants it now; its address stays.

    It never opens earlier than today because of a change. Its own days stay as they are, unless
    they began while it was called off.
    """
    followed = replace(
        old,
        form_version=new.form_version,
        items=new.items,
        target_percent=new.target_percent,
        legal_basis=new.legal_basis,
        called_off=False,
    )
    if old.own_days and not (old.called_off and old.opens_on <= today):
        return followed
    earliest = today if old.called_off else min(old.opens_on, today)
    return replace(
        followed,
        opens_on=min(max(new.opens_on, earliest), new.closes_on),
        closes_on=new.closes_on,
        own_days=False,
    )
