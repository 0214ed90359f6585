"""Reports in every state, the district's overview, the figures of one school."""

from datetime import UTC, date, datetime

from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc.base import Empty
from contracts.rpc.reports import (
    DeadlineExplained,
    DeadlineStep,
    Figures,
    FormerDeadline,
    HistoryEntry,
    InspectionFigures,
    KindTimeliness,
    Obligation,
    ObligationDetail,
    Obligations,
    ObligationState,
    Overview,
    PeriodFigures,
    PetitionFigures,
    Recipient,
    RemedyFigures,
    SatisfactionFigures,
    SchoolRow,
    Timeliness,
)
from contracts.rpc.surveys import CampaignDetail
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.checklist import both
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import OWN, TITLES, in_scope
from tests.dashboard.sample.surveys import CAMPAIGNS, Q1, Q2, rate

AS_OF = date(2024, 3, 20)
YEAR = PeriodRef(kind="year", year=2024, starts_on=date(2023, 12, 15), ends_on=date(2024, 12, 14))
KINDS = {
    "cchc_result": both(
        "Báo cáo kết quả cải cách hành chính", "Report on the results of administrative reform"
    ),
    "periodic": both("Báo cáo định kỳ", "Periodic report"),
    "it_application": both("Báo cáo ứng dụng công nghệ thông tin", "Report on IT"),
}
DEADLINE = DeadlineExplained(
    due_on=date(2024, 3, 18),
    rule="sixteenth",
    version=1,
    legal_basis="Nghị định số 09/2019/NĐ-CP ngày 24/01/2019, Điều 8, Điều 12",
    steps=(
        DeadlineStep(
            code="cut_off",
            params={"on": "2024-03-14"},
            words=both("Số liệu chốt hết ngày 14/03/2024", "Figures are cut off on 14/03/2024"),
        ),
        DeadlineStep(
            code="named_by",
            params={"on": "2024-03-16"},
            words=both("Chậm nhất ngày 16/03/2024", "By 16/03/2024"),
        ),
        DeadlineStep(
            code="moved_from",
            params={"on": "2024-03-16"},
            words=both(
                "16/03/2024 và 17/03/2024 là thứ Bảy, Chủ nhật: chuyển sang thứ Hai 18/03/2024",
                "16 and 17 March 2024 are a weekend: moved to Monday 18/03/2024",
            ),
        ),
    ),
)
DUE: dict[ObligationState, date] = {"due_soon": date(2024, 3, 25), "upcoming": date(2024, 4, 5)}
# school → kind → state, days left, days late
STATES: dict[str, dict[str, tuple[ObligationState, int | None, int | None]]] = {
    "cau-vong-giay": {
        "cchc_result": ("submitted_on_time", None, 0),
        "periodic": ("overdue", -2, None),
        "it_application": ("due_soon", 3, None),
    },
    "dam-may-tim": {
        "cchc_result": ("submitted_late", None, 2),
        "periodic": ("received", None, 0),
        "it_application": ("upcoming", 12, None),
    },
    "hoa-hong-mau": {
        "cchc_result": ("received", None, 0),
        "periodic": ("returned", None, 0),
        "it_application": ("exempt", None, None),
    },
    "con-thuyen-la": {
        "cchc_result": ("overdue", -2, None),
        "periodic": ("resubmitted", None, 1),
        "it_application": ("upcoming", 12, None),
    },
}


def obligation(school: str, kind: str) -> ObligationDetail:
    """One report with its deadline explained and its history."""
    state, left, late = STATES[school][kind]
    sent = date(2024, 3, 18 + late) if late is not None else None
    return ObligationDetail(
        obligation_id=made(f"{school} {kind}"),
        school=school,
        school_title=TITLES[school],
        kind=kind,
        kind_words=KINDS[kind],
        period=Q1,
        state=state,
        due_on=DUE.get(state, DEADLINE.due_on),
        deadline=DEADLINE,
        working_days_left=left,
        submitted_on=sent,
        late_working_days=late,
        submissions=int(sent is not None),
        received_on=date(2024, 3, 20) if state == "received" else None,
        version=3,
        correlation_id=made(f"chain {school} {kind}"),
        recipients=(
            Recipient(
                words=both("Ủy ban nhân dân cấp trên", "Authority above"),
                purpose=both("b/cáo", "for report"),
            ),
            Recipient(words=both("Văn thư", "Registry"), purpose=both("Lưu", "on file")),
        ),
        former_deadlines=(
            FormerDeadline(
                deadline=DEADLINE.model_copy(update={"due_on": date(2024, 3, 15)}),
                replaced_at=datetime(2024, 3, 1, 2, 0, tzinfo=UTC),
            ),
        ),
        submitted=(),
        history=(
            _step("created", "system", ""),
            _step("due_soon", "system", ""),
            _step("overdue" if state == "overdue" else "submitted", "clerk", "12/BC (thí dụ)"),
        ),
    )


def _step(what: str, role: str, note: str) -> HistoryEntry:
    return HistoryEntry.model_validate(
        {
            "at": datetime(2024, 3, 18, 3, 0, tzinfo=UTC),
            "what": what,
            "by_role": role,
            "by_name": "" if role == "system" else "Văn thư (thí dụ)",
            "note": note,
            "params": {"working_days_left": "3"} if what == "due_soon" else {},
        }
    )


ALL = [obligation(school, kind) for school in TITLES for kind in KINDS]
LATE = str(made("con-thuyen-la cchc_result"))
OWN_OVERDUE = str(made("cau-vong-giay periodic"))
SENT_LATE = str(made("dam-may-tim cchc_result"))


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


def list_obligations(asked: Asked) -> Obligations:
    return Obligations(
        items=tuple(Obligation(**o.model_dump()) for o in ALL if in_scope(asked, o.school))
    )


def get_obligation(asked: Asked) -> ObligationDetail:
    for one in ALL:
        if str(one.obligation_id) == asked.path["obligation_id"] and in_scope(asked, one.school):
            return one
    raise Problem("resource.not_found")


ROUTES: dict[str, Route] = {
    "GET /overview": get_overview,
    "GET /schools/{school}/figures": get_figures,
    "GET /obligations": list_obligations,
    "GET /obligations/{obligation_id}": get_obligation,
    "POST /obligations/{obligation_id}/submit": lambda _: Empty(),
    "POST /obligations/{obligation_id}/receive": lambda _: Empty(),
    "POST /obligations/{obligation_id}/return": lambda _: Empty(),
    "POST /obligations/{obligation_id}/exempt": lambda _: Empty(),
}
