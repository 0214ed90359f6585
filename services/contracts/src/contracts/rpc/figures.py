"""How schools stand: the district's overview and a school's figures, out of the read models."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt

from contracts.events.surveys import FormKind, Verdict
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.rpc.base import Request
from contracts.rpc.obligations import Obligation


class SatisfactionFigures(Model):
    """A form's result for a period, of one school or pooled from the counts of many.

    While open only `responses` is told. `satisfied` to `wilson_high` are None when fewer than 5
    answers are valid. `enough`: the sample reaches the minimum for a comparison. `verdict`,
    `conclusive` and `target_percent` are a single campaign's; pooled figures have none.
    """

    form: FormKind
    campaign_id: UUID | None
    state: Literal["open", "closed"]
    responses: NonNegativeInt
    handed_out: NonNegativeInt | None
    valid: NonNegativeInt | None
    satisfied: NonNegativeInt | None
    very_satisfied: NonNegativeInt | None
    percent: float | None
    very_satisfied_percent: float | None
    wilson_low: float | None
    wilson_high: float | None
    enough: bool
    target_percent: int | None
    verdict: Verdict | None
    conclusive: bool | None


class InspectionFigures(Model):
    """Inspections by state: what waits now, and what ended since the reporting year began."""

    proposed: NonNegativeInt = 0
    escalated: NonNegativeInt = 0
    ordered: NonNegativeInt = 0
    completed: NonNegativeInt = 0
    dismissed: NonNegativeInt = 0


class RemedyFigures(Model):
    """Remedies: open in time, overdue, and closed since the reporting year began."""

    open: NonNegativeInt = 0
    overdue: NonNegativeInt = 0
    closed: NonNegativeInt = 0


class PetitionFigures(Model):
    """Petitions and suggestions: open in time, overdue, answered since the year began."""

    open: NonNegativeInt = 0
    overdue: NonNegativeInt = 0
    answered: NonNegativeInt = 0


class Timeliness(Model):
    """Obligations whose deadline lies in the reporting year, by how they stand."""

    on_time: NonNegativeInt = 0
    late: NonNegativeInt = 0
    overdue: NonNegativeInt = 0
    open: NonNegativeInt = 0
    exempt: NonNegativeInt = 0
    on_time_percent: float | None = None


class KindTimeliness(Timeliness):
    """The same for one kind over all schools in scope."""

    kind: str
    kind_words: Words


class SchoolRow(Model):
    """One school in the overview. `tthc` and `care` are None where there was no campaign."""

    school: SchoolCode
    title: str
    tthc: SatisfactionFigures | None
    care: SatisfactionFigures | None
    inspections: InspectionFigures
    findings: NonNegativeInt
    remedies: RemedyFigures
    petitions: PetitionFigures
    improvement_tasks: NonNegativeInt
    improper_demands: NonNegativeInt
    timeliness: Timeliness


class GetOverview(Request):
    """`get_overview` of the schools in scope. `period` is a key; by default the last with results.

    Raises `reports.unknown_period`.
    """

    period: str | None = None


class Overview(Model):
    """The district's page: what is overdue first, then shares by kind, then a row per school.

    `year` is the reporting year of `as_of`. `tthc` and `care` pool the schools' counts.
    """

    as_of: date
    year: PeriodRef
    period: PeriodRef | None
    periods: tuple[PeriodRef, ...]
    minimum_sample: int
    overdue: tuple[Obligation, ...]
    kinds: tuple[KindTimeliness, ...]
    tthc: SatisfactionFigures | None
    care: SatisfactionFigures | None
    schools: tuple[SchoolRow, ...]


class GetFigures(Request):
    """`get_figures` of one school. Raises `resource.not_found`."""

    school: SchoolCode


class PeriodFigures(Model):
    """What a school's parents said about one period."""

    period: PeriodRef
    tthc: SatisfactionFigures | None
    care: SatisfactionFigures | None


class Figures(Model):
    """One school: its row as of today, and satisfaction period by period, newest first."""

    as_of: date
    year: PeriodRef
    row: SchoolRow
    periods: tuple[PeriodFigures, ...]
