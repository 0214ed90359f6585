"""A form's results over all schools in scope: pooled, school by school, period by period."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc import league as m
from contracts.rpc.surveys import ListCampaigns
from surveys.application.cutting import figure_rules
from surveys.domain.campaigns import Campaign
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.figures import expectation
from surveys.domain.pooling import Pool, overall_rate, places
from surveys.domain.showing import show_standing
from surveys.domain.tally import Tally
from surveys.storage.unit_of_work import SurveysUnitOfWork

Counted = Sequence[tuple[Campaign, Tally]]


def get_league(work: SurveysUnitOfWork, wanted: m.GetLeague) -> m.League:
    """Return a period of a form, by default the newest; raises `surveys.unknown_period`."""
    closed = work.campaigns.listed(ListCampaigns(form=wanted.form, state="closed"), work.actor)
    periods = _periods(closed)
    period = _chosen(wanted.period, periods)
    here = [one for one in closed if period is not None and one.period.key == period.key]
    counted = _count(work, here)
    known = [one for one in here if one.handed_out]
    handed_out = sum(one.handed_out or 0 for one in known)
    newest = max((one.form_version for one in here), default=0)
    alike = [tally for one, tally in counted if one.form_version == newest]
    pool = Pool(work.forms.get(wanted.form, newest), alike) if here else None
    items = tuple(pool.items()) if pool else ()
    targets = {one.target_percent for one in here}
    rated = [(one.rate.percent, one.code) for one in items if one.rate and one.rate.valid]
    return m.League(
        form=wanted.form,
        period=period,
        periods=periods,
        minimum_sample=figure_rules().minimum_sample,
        target_percent=targets.pop() if len(targets) == 1 else None,
        campaigns=len(here),
        left_out=sum(tally.overall.valid < FEWEST_SHOWN for _, tally in counted),
        responses=sum(one.responses or 0 for one in here),
        response_percent=(
            100 * sum(one.responses or 0 for one in known) / handed_out if handed_out else None
        ),
        rate=overall_rate(tally for _, tally in counted),
        expectation=pool.expectation() if pool else None,
        lowest_item=min(rated)[1] if rated else None,
        groups=tuple(pool.groups()) if pool else (),
        items=items,
        rows=_rows(work, counted),
        trend=_trend(work, closed, periods),
    )


def _periods(closed: Iterable[Campaign]) -> tuple[PeriodRef, ...]:
    found = {one.period.key: one.period for one in closed}
    return tuple(sorted(found.values(), key=lambda p: (p.ends_on, p.starts_on), reverse=True))


def _chosen(asked: str | None, periods: Sequence[PeriodRef]) -> PeriodRef | None:
    if asked is None:
        return next(iter(periods), None)
    for period in periods:
        if period.key == asked:
            return period
    raise Problem("surveys.unknown_period", period=asked)


def _count(work: SurveysUnitOfWork, campaigns: Sequence[Campaign]) -> Counted:
    numbers = work.results.of(one.id for one in campaigns)
    return [(one, _tally(work, one, numbers)) for one in campaigns]


def _tally(
    work: SurveysUnitOfWork, one: Campaign, numbers: Mapping[UUID, Mapping[tuple[str, str], int]]
) -> Tally:
    form = work.forms.asked_by(one)
    return Tally(form, one.responses or 0, numbers.get(one.id, {}))


def _rows(work: SurveysUnitOfWork, counted: Counted) -> tuple[m.LeagueRow, ...]:
    titles = work.schools.titles(one.school for one, _ in counted)
    minimum = figure_rules().minimum_sample
    rates = {
        str(one.id): float(tally.overall.rate)
        for one, tally in counted
        if tally.overall.valid >= minimum and tally.overall.rate is not None
    }
    place = places(rates)
    rows = [
        m.LeagueRow(
            campaign_id=one.id,
            school=one.school,
            school_title=titles.get(one.school, one.school),
            responses=one.responses or 0,
            handed_out=one.handed_out,
            target_percent=one.target_percent,
            standing=show_standing(tally, one.target_percent, one.handed_out),
            expectation=expectation(tally),
            enough=str(one.id) in rates,
            place=place.get(str(one.id)),
        )
        for one, tally in counted
    ]
    return tuple(sorted(rows, key=lambda row: (row.place or len(rows) + 1, row.school)))


def _trend(
    work: SurveysUnitOfWork, closed: Sequence[Campaign], periods: Sequence[PeriodRef]
) -> tuple[m.TrendPoint, ...]:
    """Return the last periods, the oldest first."""
    last = periods[: figure_rules().trend_periods]
    keys = {period.key for period in last}
    recent = [one for one in closed if one.period.key in keys]
    overall = {work.forms.get(one.form, one.form_version).overall for one in recent}
    numbers = work.results.of((one.id for one in recent), overall)
    points = []
    for period in reversed(last):
        here = [one for one in recent if one.period.key == period.key]
        points.append(
            m.TrendPoint(
                period=period,
                schools=len({one.school for one in here}),
                responses=sum(one.responses or 0 for one in here),
                rate=overall_rate(_tally(work, one, numbers) for one in here),
            )
        )
    return tuple(points)
