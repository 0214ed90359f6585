"""Questions and commands about how the calendar makes campaigns: rules, care forms, exemptions."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, model_validator

from contracts.days import Day
from contracts.events.surveys import FormKind, FormLength
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Sentence

declare(
    {
        "surveys.rule_in_force": 409,  # a rule holds or held already; params: valid_from
        "surveys.wrong_term": 422,  # a school year ends before it begins anew
        "surveys.exempt_already": 409,  # params: starts_on, ends_on
        "surveys.field_time_began": 409,  # params: opens_on
        "surveys.exemption_over": 409,  # it was lifted, or its days are over
        "surveys.campaign_not_planned": 409,  # it is open or closed; params: opens_on
    }
)

COMMON_YEAR = 2001


class DayOfYear(Model):
    """A day that comes each year: 29 February is none."""

    month: StrictInt = Field(ge=1, le=12)
    day: StrictInt = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _exists(self) -> Self:
        date(COMMON_YEAR, self.month, self.day)
        return self


def _of_this_age(year: int) -> int:
    if not 2000 <= year <= 2098:  # noqa: PLR2004 - as contracts.days; its window begins before it
        raise ValueError("a year lies between 2000 and 2098")
    return year


class RuleBody(Model):
    """What a rule says. It holds for each period whose cut-off lies on or after `valid_from`.

    Field time is so many working days that end on the cut-off, inside the school year.
    """

    valid_from: Day
    legal_basis: Sentence
    target_percent: StrictInt = Field(ge=1, le=100)
    field_working_days: StrictInt = Field(ge=1, le=60)
    term_begins: DayOfYear
    term_ends: DayOfYear
    care_length: FormLength = "whole"


class CampaignRule(RuleBody):
    """A rule; `in_force` when its day has come: it stays as it is then."""

    in_force: bool


class CareLength(Model):
    """A school whose care form is short or whole whatever the rule says."""

    school: SchoolCode
    length: FormLength


class CampaignRules(Model):
    """The rules, the newest first, and the schools in scope that have a care form of their own."""

    items: tuple[CampaignRule, ...]
    care_lengths: tuple[CareLength, ...]


class ListCampaignRules(Request):
    """`list_campaign_rules`."""


class SetCampaignRule(RuleBody, Request):
    """`set_campaign_rule` → `CampaignRule`: add a rule, or replace the one of the same day.

    Campaigns that are not open follow. Raises `surveys.rule_in_force`, `surveys.wrong_term`.
    """


class WithdrawCampaignRule(Request):
    """`withdraw_campaign_rule` → `CampaignRules`: take back one that does not hold yet.

    Raises `resource.not_found`, `surveys.rule_in_force`.
    """

    valid_from: Day


class SetCareLength(Request):
    """`set_care_length` → `CampaignRules`: None: as the rule says. Raises `resource.not_found`."""

    school: SchoolCode
    length: FormLength | None


class Quarter(Model):
    """A legal quarter (Decree 09/2019/NĐ-CP, art. 12)."""

    year: Annotated[StrictInt, AfterValidator(_of_this_age)]
    index: StrictInt = Field(ge=1, le=4)


class ExemptionBody(Model):
    """Which campaigns of a school don't take place: of a quarter, or of some days, and why.

    `form` None: of both forms. A campaign is exempt when its field time touches the days.
    """

    school: SchoolCode
    form: FormKind | None = None
    quarter: Quarter | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    reason: Sentence

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        days = (self.starts_on, self.ends_on)
        if (self.quarter is None) == (None in days) or (self.quarter and any(days)):
            raise ValueError("either a quarter or both days are given")
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError("the days end before they begin")
        return self


class Exemption(Model):
    """An exemption: who made it, when and why; and who lifted it."""

    exemption_id: UUID
    school: SchoolCode
    school_title: str
    form: FormKind | None
    starts_on: date
    ends_on: date
    reason: str
    made_on: date
    made_by: str
    lifted_on: date | None
    lifted_by: str | None


class Exemptions(Model):
    """Exemptions, those of the latest days first."""

    items: tuple[Exemption, ...]


class ListExemptions(Request):
    """`list_exemptions` in the actor's scope."""

    school: SchoolCode | None = None


class ExemptSchool(ExemptionBody, Request):
    """`exempt_school` → `Exemption`; planned campaigns that it covers go.

    Raises `surveys.unknown_school`, `surveys.exempt_already`, `surveys.field_time_began`.
    """


class LiftExemption(Request):
    """`lift_exemption` → `Exemption`, until the field time would begin; the campaigns come back.

    Raises `resource.not_found`, `surveys.exemption_over`, `surveys.field_time_began`.
    """

    exemption_id: UUID


class SetCampaignDays(Request):
    """`set_campaign_days` → `CampaignDetail`: other days for a campaign that is not open.

    Both None: those of the calendar again. They lie ahead and inside the school year; those of a
    campaign of the calendar inside its period, too. Raises `resource.not_found`,
    `surveys.campaign_not_planned`, `surveys.wrong_dates`.
    """

    campaign_id: UUID
    opens_on: Day | None
    closes_on: Day | None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.opens_on is None) != (self.closes_on is None):
            raise ValueError("both days or none are given")
        return self
