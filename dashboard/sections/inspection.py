"""One inspection: what led to it, what it waits for, what was found, what is done about it."""

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm
from dashboard.sections.checking import carry_out
from dashboard.sections.deciding import decide
from dashboard.sections.findings import findings_section
from dashboard.sections.heading import page_head, section
from dashboard.sections.inspection_list import waits
from dashboard.shapes.inspections import Evaluation, Evaluations, InspectionDetail
from dashboard.visit import Visit, current


def inspection_page(inspection_id: str) -> None:
    """Draw the page of one inspection."""
    visit = current()
    t = visit.words
    path = f"/inspections/{segment(inspection_id)}"
    inspection = visit.gateway.get(path, InspectionDetail)
    page_head(t(f"inspection.kind.{inspection['kind']}"), kicker=inspection["school_title"])
    show("inspection_head.html", inspection=inspection, traced=may(visit.role, "matter.trace"))
    _why(visit, inspection)
    if waits(inspection):
        section(t("inspection.decide"), note=t("inspection.decide_note"))
        decide(inspection)
    if inspection["state"] == "ordered":
        section(t("inspection.carry_out"), note=t("inspection.carry_out_note"))
        with calm():
            carry_out(inspection)
    if inspection["state"] == "completed":
        findings_section(inspection)
    section(t("inspection.steps"))
    show("steps.html", steps=inspection["history"])


def _why(visit: Visit, inspection: InspectionDetail) -> None:
    t = visit.words
    section(t("inspection.why"))
    evaluations: list[Evaluation] = []
    if inspection["rule"] is not None:
        with calm():
            evaluations = _evaluations(visit, inspection)
    show("why.html", inspection=inspection, evaluations=evaluations)


def _evaluations(visit: Visit, inspection: InspectionDetail) -> list[Evaluation]:
    """The judgements of rules that led here; none for who may not read them."""
    judged = visit.gateway.get_if_allowed(
        "/evaluations", Evaluations, school=inspection["school"], fired="true"
    )
    every = judged["items"] if judged else ()
    return [one for one in every if one["inspection_id"] == inspection["inspection_id"]]
