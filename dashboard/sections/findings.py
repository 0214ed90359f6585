"""What an inspection found, and what is done about it: remedy, due date, evidence."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.sections.remedies import close_remedy
from dashboard.shapes.inspections import Checklist, Finding, InspectionDetail
from dashboard.visit import current


def findings_section(inspection: InspectionDetail) -> None:
    """Draw the findings with their remedies, and the whole checklist below."""
    visit = current()
    t = visit.words
    findings = inspection["findings"]
    section(t("finding.title"), count=len(findings))
    if not findings:
        nothing(t("finding.none"))
    for finding in findings:
        with st.container(border=True):
            show("finding.html", finding=finding)
            for remedy in finding["remedies"]:
                show("remedy.html", remedy=remedy)
                close_remedy(remedy)
            with calm():
                _assign(finding)
    with st.expander(t("checklist.all", count=len(inspection["checklist"]))):
        show("checklist.html", results=inspection["checklist"])


def _assign(finding: Finding) -> None:
    visit = current()
    t = visit.words
    if not may(visit.role, "remedy.assign"):
        return
    if finding["remedies"]:
        with st.expander(t("remedy.another")):
            _assign_form(finding)
    else:
        _assign_form(finding)


def _assign_form(finding: Finding) -> None:
    visit = current()
    t = visit.words
    kinds = visit.gateway.get("/checklist", Checklist)["remedy_kinds"]
    names = {kind["code"]: visit.said(kind["words"]) for kind in kinds}
    with st.form(f"assign-{finding['finding_id']}", border=False):
        kind = st.selectbox(t("remedy.kind"), list(names), format_func=lambda code: names[code])
        description = st.text_area(t("remedy.description"), max_chars=2000, height=84)
        if not st.form_submit_button(t("remedy.assign"), type="primary"):
            return
        if not description.strip():
            st.warning(t("say.description"))
            return
        with calm():
            path = f"/findings/{segment(finding['finding_id'])}/remedies"
            visit.gateway.post(path, {"kind": kind, "description": description})
            done("remedy.assign_done")
