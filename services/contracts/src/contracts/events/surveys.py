"""Facts that surveys tells. An answer is told by its day alone: it stays anonymous."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import NonNegativeInt, PositiveInt

from contracts.events.base import Event
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef

FormKind = Literal["tthc", "care"]
# A short form asks the overall items and, in turn, one group (surveys, "Short and whole").
FormLength = Literal["whole", "short"]
Source = Literal["web", "api", "paper"]
Verdict = Literal["met", "not_met", "no_answers"]
DemandKind = Literal["papers", "fee", "other"]


class ItemCounts(Model):
    """Exact counts of one five-level item; everything else is computed from them.

    `counts[k]` is how many answered level k + 1. `not_valid` counts blanks and "không có ý kiến".
    """

    item: str
    group: str
    counts: tuple[NonNegativeInt, NonNegativeInt, NonNegativeInt, NonNegativeInt, NonNegativeInt]
    not_valid: NonNegativeInt = 0


class CampaignOpened(Event):
    """A campaign takes answers from `opens_on` to the end of `closes_on`."""

    name: ClassVar[str] = "surveys.campaign_opened"
    campaign_id: UUID
    school: SchoolCode
    form: FormKind
    form_version: int
    period: PeriodRef
    opens_on: date
    closes_on: date
    target_percent: int
    legal_basis: str
    version: int
    length: FormLength = "whole"


class ResponseSubmitted(Event):
    """One answer is stored. Commutes: consumers only count."""

    name: ClassVar[str] = "surveys.response_submitted"
    campaign_id: UUID
    school: SchoolCode
    form: FormKind
    source: Source
    day: date


class ImproperDemandReported(Event):
    """A parent says that papers or money were asked for against the rules (plan, R5).

    What the parent wrote stays in surveys under `report_id`.
    """

    name: ClassVar[str] = "surveys.improper_demand_reported"
    report_id: UUID
    campaign_id: UUID
    school: SchoolCode
    form: FormKind
    demand: DemandKind
    concerns_head: bool
    day: date


class ResponsesWithdrawn(Event):
    """So many answers of one day are undone, before their campaign closes. Commutes, too.

    Only answers from paper are ever undone, batch by batch; each was told as submitted before.
    """

    name: ClassVar[str] = "surveys.responses_withdrawn"
    campaign_id: UUID
    school: SchoolCode
    form: FormKind
    source: Source
    day: date
    answers: PositiveInt


class ImproperDemandWithdrawn(Event):
    """A report came from a batch that is undone: it counts no more."""

    name: ClassVar[str] = "surveys.improper_demand_withdrawn"
    report_id: UUID
    campaign_id: UUID
    school: SchoolCode
    concerns_head: bool
    withdrawn_on: date


class CampaignClosed(Event):
    """A campaign takes no more answers; its results are final.

    `satisfied` of `valid` answered 4 or 5 on the item that the target is measured on (`overall`).
    `distribution` holds every scale item. Percentages are computed by whoever shows them.
    """

    name: ClassVar[str] = "surveys.campaign_closed"
    campaign_id: UUID
    school: SchoolCode
    form: FormKind
    form_version: int
    period: PeriodRef
    closed_on: date
    responses: NonNegativeInt
    handed_out: NonNegativeInt | None
    overall: ItemCounts
    valid: NonNegativeInt
    satisfied: NonNegativeInt
    very_satisfied: NonNegativeInt
    target_percent: int
    verdict: Verdict
    conclusive: bool
    distribution: tuple[ItemCounts, ...]
    improper_demands: NonNegativeInt
    version: int
