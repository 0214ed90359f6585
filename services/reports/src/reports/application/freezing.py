"""What a report's figures are at this moment, and how they stand still once it is approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.events.surveys import FormKind
from contracts.rpc.base import SYSTEM
from reports.domain.drafts import Correction, Figure, counted, matter_figures, previous
from reports.domain.obligations import Obligation
from reports.domain.satisfaction import pooled
from reports.domain.timeliness import standing
from reports.shipped import figure_rules
from reports.storage.unit_of_work import ReportsUnitOfWork
from workdays import Period

FORMS: tuple[FormKind, ...] = ("tthc", "care")


@dataclass(frozen=True)
class DraftedFigure:
    """A computed figure, what was corrected by hand, and which of it holds."""

    computed: Figure
    value: float | None
    by_hand: Correction | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Drafted:
    """The figures of a report by code; `frozen_at` since when they stand still."""

    figures: dict[str, DraftedFigure]
    frozen_at: datetime | None


def drafted(
    work: ReportsUnitOfWork, obligation: Obligation, period: Period | None = None
) -> Drafted:
    """Return the figures of a report; of another `period` what is computed alone."""
    codes = work.kinds.version(obligation.kind, obligation.kind_version).figures
    made = () if period else tuple(work.drafts.corrections(obligation.obligation_id))
    frozen = None if period else work.drafts.frozen(obligation.obligation_id)
    if frozen is None:
        told = computed(work, obligation.school, period or obligation.period)
        return Drafted({code: _figure(code, told[code], made) for code in codes}, None)
    since, kept = frozen
    return Drafted(
        {code: _figure(code, kept.get(code, (Figure(None), None))[0], made) for code in codes},
        since,
    )


def drafted_before(work: ReportsUnitOfWork, obligation: Obligation) -> Mapping[str, float | None]:
    """What the report of the period before said, or would say where the school owed none.

    Empty for a period of which nothing is known: a school that was not here yet did not do nothing.
    """
    period = previous(obligation.period)
    owed = work.obligations.of_period(obligation.school, obligation.kind, period)
    found = drafted(work, owed or obligation, None if owed else period)
    if owed is None and not any(one.computed.sources for one in found.figures.values()):
        return {}
    return {code: figure.value for code, figure in found.figures.items()}


def freeze(work: ReportsUnitOfWork, obligation: Obligation) -> None:
    """Let the figures of a report stand as they are now; once they do, they stay."""
    now = drafted(work, obligation)
    if now.frozen_at is None:
        figures = {code: (one.computed, one.value) for code, one in now.figures.items()}
        work.drafts.freeze(obligation.obligation_id, figures, work.now)


def computed(work: ReportsUnitOfWork, school: str, period: Period) -> dict[str, Figure]:
    """Return every figure of a school for a period, by code."""
    found = matter_figures(
        work.drafts.matters_of(school, period.ends_on), period.starts_on, period.ends_on
    )
    for form in FORMS:
        found |= _survey(work, school, form, period)
    return found | _timeliness(work, school, period)


def _figure(code: str, figure: Figure, made: Iterable[Correction]) -> DraftedFigure:
    mine = tuple(one for one in made if one.code == code)
    last = mine[-1] if mine and mine[-1].value is not None else None
    return DraftedFigure(figure, figure.value if last is None else last.value, last, mine)


def _survey(
    work: ReportsUnitOfWork, school: str, form: FormKind, period: Period
) -> dict[str, Figure]:
    """Closed campaigns of a form whose period lies in this one; small groups are not told."""
    within = [
        one
        for one in work.campaigns.of_schools([school])
        if one.form == form
        and one.counts is not None
        and period.starts_on <= one.period.starts_on
        and one.period.ends_on <= period.ends_on
    ]
    told = [
        one for one in within if one.counts and one.counts.valid >= figure_rules().smallest_group
    ]
    percent = pooled(one.counts for one in told if one.counts).percent
    answers = float(sum(one.responses for one in within))
    return {
        f"satisfaction.{form}": Figure(percent, tuple(one.campaign_id for one in told)),
        f"answers.{form}": Figure(
            answers if within else None, tuple(one.campaign_id for one in within)
        ),
    }


def _timeliness(work: ReportsUnitOfWork, school: str, period: Period) -> dict[str, Figure]:
    due = [
        one
        for one in work.obligations.listed(SYSTEM, school=school)
        if period.starts_on <= one.due_on <= period.ends_on
    ]
    told = {
        f"reports.{how}": counted(
            one.obligation_id for one in due if standing(one.state, one.late_working_days) == how
        )
        for how in ("on_time", "late", "overdue")
    }
    signed = work.signed_files.sent_for(one.obligation_id for one in due)
    return told | {"reports.e_office": counted(signed)}
