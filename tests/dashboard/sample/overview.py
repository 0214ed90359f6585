"""The district's overview and the figures of one school."""

from datetime import date

from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc.figures import (
    Figures,
    InspectionFigures,
    KindTimeliness,
    Overview,
    PeriodFigures,
    PetitionFigures,
    RemedyFigures,
    SatisfactionFigures,
    SchoolRow,
    Timeliness,
)
from contracts.rpc.obligations import Obligation
from contracts.rpc.surveys import CampaignDetail
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.reports import ALL, KINDS, STATES
from tests.dashboard.sample.schools import OWN, TITLES, in_scope
from tests.dashboard.sample.surveys import CAMPAIGNS, Q1, Q2, rate

AS_OF = date(2024, 3, 20)
YEAR = PeriodRef(kind="year", year=2024, starts_on=date(2023, 12, 15), ends_on=date(2024, 12, 14))


def _figures(one: CampaignDetail | None) -> SatisfactionFigures | None:
    if one is None or one.state == "planned":
        return None
    shown = one.standing.rate if one.standing else None
    standing = one.standing if shown else None
    return SatisfactionFigures(
        form=one.form,
        campaign_id=one.campaign_id,
        state="open" if one.state == "open" else "closed",
        responses=one.responses,
        handed_out=one.handed_out,
        valid=shown.valid if shown else None,
        satisfied=shown.satisfied if shown else None,
        very_satisfied=shown.very_satisfied if shown else None,
        percent=shown.percent if shown else None,
        very_satisfied_percent=shown.very_satisfied_percent if shown else None,
        wilson_low=shown.wilson_low if shown else None,
        wilson_high=shown.wilson_high if shown else None,
        enough=bool(shown and shown.valid >= 140),
        target_percent=95,
        verdict=standing.verdict if standing else None,
        conclusive=standing.conclusive if standing else None,
    )


def _of(school: str, form: str) -> SatisfactionFigures | None:
    return _figures(next((c for c in CAMPAIGNS if (c.school, c.form) == (school, form)), None))


def row(school: str) -> SchoolRow:
    """A school as it stands in the overview."""
    states = [state for state, _, _ in STATES[school].values()]
    return SchoolRow(
        school=school,
        title=TITLES[school],
        tthc=_of(school, "tthc"),
        care=_of(school, "care"),
        inspections=InspectionFigures(
            proposed=int(school == OWN), escalated=int(school == "dam-may-tim"), completed=2
        ),
        findings=2,
        remedies=RemedyFigures(open=int(school == OWN), overdue=int(school == "dam-may-tim")),
        petitions=PetitionFigures(open=1),
        improvement_tasks=1,
        improper_demands=int(school == OWN),
        timeliness=Timeliness(
            on_time=2,
            late=states.count("submitted_late"),
            overdue=states.count("overdue"),
            open=1,
            on_time_percent=100
            * 2
            / (2 + states.count("submitted_late") + states.count("overdue")),
        ),
    )


def _kind(code: str, on_time: int, late: int, overdue: int, left: int) -> KindTimeliness:
    done = on_time + late + overdue
    return KindTimeliness(
        kind=code,
        kind_words=KINDS[code],
        on_time=on_time,
        late=late,
        overdue=overdue,
        open=left,
        on_time_percent=100 * on_time / done if done else None,
    )


def get_overview(asked: Asked) -> Overview:
    schools = [school for school in TITLES if in_scope(asked, school)]
    pooled = _figures(CAMPAIGNS[0])
    assert pooled is not None
    every = rate((1, 5, 19, 230, 165))
    pooled = pooled.model_copy(
        update={
            "campaign_id": None,
            "valid": every.valid,
            "percent": every.percent,
            "very_satisfied_percent": every.very_satisfied_percent,
            "target_percent": None,
            "verdict": None,
            "conclusive": None,
        }
    )
    return Overview(
        as_of=AS_OF,
        year=YEAR,
        period=Q2 if asked.query.get("period") == "2024-q2" else Q1,
        periods=(Q2, Q1),
        minimum_sample=140,
        overdue=tuple(
            Obligation(**one.model_dump())
            for one in ALL
            if one.state == "overdue" and one.school in schools
        ),
        kinds=(
            _kind("cchc_result", 2, 1, 1, 0),
            _kind("periodic", 3, 0, 1, 0),
            _kind("it_application", 0, 0, 0, 3),
        ),
        tthc=pooled,
        care=None,
        schools=tuple(row(school) for school in schools),
    )


def get_figures(asked: Asked) -> Figures:
    school = asked.path["school"]
    if not in_scope(asked, school):
        raise Problem("resource.not_found")
    return Figures(
        as_of=AS_OF,
        year=YEAR,
        row=row(school),
        periods=(PeriodFigures(period=Q1, tthc=_of(school, "tthc"), care=_of(school, "care")),),
    )


ROUTES: dict[str, Route] = {
    "GET /overview": get_overview,
    "GET /schools/{school}/figures": get_figures,
}
