"""The parts of a school's own page: this week's work, and how the school stands."""

from dashboard.client import segment
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.sections import dues
from dashboard.sections.dues import Due
from dashboard.sections.heading import nothing, section
from dashboard.sections.requests import requests_due
from dashboard.shapes.inspections import DutyRatio, DutyRatios
from dashboard.shapes.reports import Figures, Obligations
from dashboard.visit import Visit, current

WEEK = 5  # working days


def ask_figures(visit: Visit, school: str) -> Figures:
    """How the school stands today."""
    return visit.gateway.get(f"/schools/{segment(school)}/figures", Figures)


def reports_owed(visit: Visit, school: str | None, state: str | None) -> list[Due]:
    """The school's reports that are overdue, or that are still to come."""
    wanted = {"overdue"} if state == "overdue" else {"due_soon", "upcoming", "returned"}
    found = visit.gateway.get("/obligations", Obligations, school=school)["items"]
    return [dues.report_due(visit, one) for one in found if one["state"] in wanted]


def late_work(visit: Visit, school: str) -> None:
    """What is overdue, first of all."""
    t = visit.words
    late = dues.gather(visit, (reports_owed, requests_due, *dues.MATTERS), school, "overdue")
    section(t("overview.late"), count=len(late))
    if late:
        dues.draw(late, urgent=True, with_school=False)
    else:
        nothing(t("overview.nothing_late"))


def this_week(visit: Visit, school: str) -> None:
    """What falls due within a working week, and what waits for a decision."""
    t = visit.words
    coming = dues.gather(visit, (reports_owed, requests_due, *dues.MATTERS), school, "open")
    near = [due for due in coming if due.waits or due.days is None or due.days <= WEEK]
    section(t("my_school.week"), count=len(near), note=t("my_school.week_note"))
    if near:
        dues.draw(near, urgent=False, with_school=False)
    else:
        nothing(t("my_school.nothing_near"))
    if later := len(coming) - len(near):
        show("note.html", words=t("my_school.later", count=later))


def standing(figures: Figures) -> None:
    """How the school stands: what parents said, reports, remedies, surprise checks."""
    visit = current()
    t = visit.words
    year = period_name(visit, figures["year"])
    section(t("my_school.standing"), note=t("my_school.standing_note", year=year))
    show("standing.html", row=figures["row"], duty=_duty(visit, figures["row"]["school"]))
    if figures["periods"]:
        rows = [(one, period_name(visit, one["period"])) for one in figures["periods"]]
        show("trend.html", rows=rows)


def _duty(visit: Visit, school: str) -> DutyRatio | None:
    found = visit.gateway.get_if_allowed("/duty-ratio", DutyRatios)
    lines = found["items"] if found else ()
    return next((one for one in lines if one["school"] == school), None)
