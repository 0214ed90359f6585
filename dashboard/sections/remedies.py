"""Remedies: a list of what is to be done, and closing one with its evidence."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.shapes.inspections import Remedies, Remedy
from dashboard.visit import current


def remedy_list(school: str | None) -> None:
    """Draw all remedies, those due first at the top, the closed ones below."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/remedies", Remedies, school=school)["items"]
    opened = [one for one in found if one["state"] != "closed"]
    closed = [one for one in found if one["state"] == "closed"]
    section(t("remedy.open_title"), count=len(opened), note=t("remedy.note"))
    if opened:
        _table(opened, with_school=school is None)
    else:
        nothing(t("remedy.none_open"))
    if closed:
        section(t("remedy.closed_title"), count=len(closed))
        _table(closed, with_school=school is None)


def _table(remedies: list[Remedy], *, with_school: bool) -> None:
    readable = may(current().role, "inspection.read")
    show("remedies.html", remedies=remedies, with_school=with_school, readable=readable)


def close_remedy(remedy: Remedy) -> None:
    """Offer to close an open remedy; some severities ask for a written explanation too."""
    visit = current()
    t = visit.words
    if remedy["state"] == "closed" or not may(visit.role, "remedy.close"):
        return
    with st.form(f"close-{remedy['remedy_id']}", border=False):
        evidence = st.text_area(t("remedy.evidence_ask"), max_chars=2000, height=84)
        explanation = ""
        if remedy["explanation_required"]:
            explanation = st.text_area(t("remedy.explanation_ask"), max_chars=2000, height=84)
        if not st.form_submit_button(t("remedy.close"), type="primary"):
            return
        if not evidence.strip():
            st.warning(t("say.evidence"))
            return
        body: dict[str, object] = {"evidence": evidence}
        if explanation.strip():
            body["explanation"] = explanation
        with calm():
            visit.gateway.post(f"/remedies/{segment(remedy['remedy_id'])}/close", body)
            done("remedy.close_done")
