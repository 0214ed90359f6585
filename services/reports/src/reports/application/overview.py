"""The district's page and a school's figures, out of the read models."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc import figures as m
from reports.application import surveying
from reports.application.questions import messages
from reports.application.staff import ABOVE_THE_SCHOOL
from reports.application.wording import period_ref
from reports.domain.timeliness import Standing, timeliness
from reports.shipped import FigureRules, figure_rules
from reports.storage.campaigns import Campaign
from reports.storage.matters import MatterCounts
from reports.storage.unit_of_work import ReportsUnitOfWork
from workdays import Period, containing

Standings = Mapping[tuple[str, str, Standing], int]


@dataclass(frozen=True)
class _Known:
    """Everything that the rows of some schools are made of."""

    year: Period
    campaigns: Sequence[Campaign]
    matters: MatterCounts
    standings: Standings
    rules: FigureRules


def get_overview(work: ReportsUnitOfWork, request: m.GetOverview) -> m.Overview:
    """The schools in scope that are open today; raises `Problem` for an unknown period."""
    schools = work.schools.seen_by(work.actor, work.today)
    known = _know(work, list(schools))
    periods = surveying.periods_of(known.campaigns)
    period = _period(request.period, periods, known.campaigns)
    overdue = work.obligations.listed(work.actor, state="overdue")
    return m.Overview(
        as_of=work.today,
        year=period_ref(known.year),
        period=period,
        periods=periods,
        minimum_sample=known.rules.minimum_sample,
        overdue=messages(work, overdue),
        kinds=_kinds(work, known.standings),
        tthc=surveying.figures(known.campaigns, "tthc", period, known.rules),
        care=surveying.figures(known.campaigns, "care", period, known.rules),
        schools=tuple(_row(code, title, known, period) for code, title in schools.items()),
    )


def get_figures(work: ReportsUnitOfWork, request: m.GetFigures) -> m.Figures:
    """One school, as of today and period by period; raises `Problem`."""
    if not work.actor.may_see(request.school):
        raise Problem("resource.not_found")
    titles = work.schools.titles([request.school])
    if request.school not in titles:
        raise Problem("resource.not_found")
    known = _know(work, [request.school])
    newest = surveying.newest_with_results(known.campaigns)
    return m.Figures(
        as_of=work.today,
        year=period_ref(known.year),
        row=_row(request.school, titles[request.school], known, newest),
        periods=tuple(
            m.PeriodFigures(
                period=period,
                tthc=surveying.figures(known.campaigns, "tthc", period, known.rules),
                care=surveying.figures(known.campaigns, "care", period, known.rules),
            )
            for period in surveying.periods_of(known.campaigns)
        ),
    )


def _know(work: ReportsUnitOfWork, schools: list[str]) -> _Known:
    year = containing("year", work.today)
    assert year is not None  # the years' windows have no gap
    above = work.actor.role in ABOVE_THE_SCHOOL
    return _Known(
        year=year,
        campaigns=work.campaigns.of_schools(schools),
        matters=work.matters.counts(schools, year.starts_on, hidden=above),
        standings=work.obligations.standings(schools, year.starts_on, year.ends_on),
        rules=figure_rules(),
    )


def _period(
    asked: str | None, periods: Iterable[PeriodRef], campaigns: Sequence[Campaign]
) -> PeriodRef | None:
    if asked is None:
        return surveying.newest_with_results(campaigns)
    for period in periods:
        if period.key == asked:
            return period
    raise Problem("reports.unknown_period", period=asked)


def _kinds(work: ReportsUnitOfWork, standings: Standings) -> tuple[m.KindTimeliness, ...]:
    by_kind: dict[str, dict[Standing, int]] = defaultdict(lambda: defaultdict(int))
    for (_, kind, standing), number in standings.items():
        by_kind[kind][standing] += number
    return tuple(
        m.KindTimeliness(
            kind=kind.code, kind_words=kind.title, **dict(timeliness(by_kind[kind.code]))
        )
        for kind in work.kinds.all_in_force(work.today)
    )


def _row(code: str, title: str, known: _Known, period: PeriodRef | None) -> m.SchoolRow:
    mine = [campaign for campaign in known.campaigns if campaign.school == code]
    stands: dict[Standing, int] = defaultdict(int)
    for (school, _, standing), number in known.standings.items():
        if school == code:
            stands[standing] += number

    def count(sort: str, state: str) -> int:
        return known.matters.get((code, sort, state), 0)

    return m.SchoolRow(
        school=code,
        title=title,
        tthc=surveying.figures(mine, "tthc", period, known.rules),
        care=surveying.figures(mine, "care", period, known.rules),
        inspections=m.InspectionFigures(
            proposed=count("inspection", "proposed"),
            escalated=count("inspection", "escalated"),
            ordered=count("inspection", "ordered"),
            completed=count("inspection", "completed"),
            dismissed=count("inspection", "dismissed"),
        ),
        findings=count("finding", "recorded"),
        remedies=m.RemedyFigures(
            open=count("remedy", "open"),
            overdue=count("remedy", "overdue"),
            closed=count("remedy", "closed"),
        ),
        petitions=m.PetitionFigures(
            open=count("petition", "open"),
            overdue=count("petition", "overdue"),
            answered=count("petition", "answered"),
        ),
        improvement_tasks=count("improvement_task", "assigned"),
        improper_demands=count("demand", "reported"),
        timeliness=timeliness(stands),
    )
