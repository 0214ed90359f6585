"""Campaigns by the calendar: each school gets its quarterly ones, planned ahead."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

from contracts.events.surveys import FormKind
from surveys.domain.campaigns import Campaign
from surveys.domain.field_time import Plan, quarterly
from surveys.storage.unit_of_work import SurveysUnitOfWork, Units
from workdays import Calendar, Override

_SLUG_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_SLUG_LENGTH: Final = 20


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
    calendar = Calendar({day: Override(*said) for day, said in work.moved_days.all().items()})
    rules = work.rules.all()
    versions = work.forms.newest()
    made = 0
    for school in schools:
        assert school.known_from is not None
        plans = list(quarterly(school.known_from, school.closed_on, work.today, rules, calendar))
        _follow(work, school.code, {plan.period.key: plan for plan in plans})
        for wanted in plans:
            for form, version in versions.items():
                made += work.campaigns.add(
                    plan_campaign(wanted, school.code, form, version, uuid4())
                )
        work.schools.planned(school.code, work.today)
    return made


def plan_campaign(
    plan: Plan, school: str, form: FormKind, version: int, correlation_id: UUID
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
    )


def _follow(work: SurveysUnitOfWork, school: str, plans: Mapping[str, Plan]) -> None:
    """Let campaigns that are not open yet follow the calendar; those of a closed school go."""
    for old in work.campaigns.planned_of(school):
        plan = plans.get(old.period.key)
        if plan is None:
            work.campaigns.remove(old)
        elif (old.opens_on, old.closes_on) != (plan.opens_on, plan.closes_on):
            moved = replace(old, opens_on=plan.opens_on, closes_on=plan.closes_on)
            work.campaigns.save(moved)
