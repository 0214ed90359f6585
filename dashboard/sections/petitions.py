"""Petitions and suggestions: what people wrote, until when it is answered, the answer."""

from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import schools_in_scope
from dashboard.shapes.inspections import Petition, Petitions
from dashboard.visit import current


def petition_list(school: str | None) -> None:
    """Draw the petitions, those due first at the top, and take in a new one."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/petitions", Petitions, school=school)["items"]
    section(t("petition.title"), count=len(found), note=t("petition.note"))
    if not found:
        nothing(t("petition.none"))
    for petition in found:
        with st.container(border=True):
            show("petition.html", petition=petition)
            if petition["state"] != "answered" and may(visit.role, "petition.answer"):
                _answer(petition)
    if may(visit.role, "petition.receive"):
        _receive(school)


def _answer(petition: Petition) -> None:
    visit = current()
    t = visit.words
    with st.form(f"answer-{petition['petition_id']}", border=False):
        text = st.text_area(t("petition.answer_ask"), max_chars=2000, height=100)
        if not st.form_submit_button(t("petition.answer"), type="primary"):
            return
        if not text.strip():
            st.warning(t("say.answer"))
            return
        with calm():
            path = f"/petitions/{segment(petition['petition_id'])}/answer"
            visit.gateway.post(path, {"text": text})
            done("petition.answer_done")


def _receive(school: str | None) -> None:
    visit = current()
    t = visit.words
    titles = {one["code"]: one["title"] for one in schools_in_scope(visit)}
    codes = [school] if school else list(titles)
    with st.expander(t("petition.receive")), st.form("receive", border=False):
        chosen = st.selectbox(t("school.choose"), codes, format_func=lambda c: titles.get(c, c))
        kind = st.segmented_control(
            t("petition.kind"),
            ("petition", "suggestion"),
            default="petition",
            required=True,
            format_func=lambda value: t(f"petition.kind.{value}"),
        )
        text = st.text_area(t("petition.text"), max_chars=2000)
        contact = st.text_input(t("petition.contact"), max_chars=200)
        received = st.date_input(t("petition.received_on"), None, format="DD/MM/YYYY")
        about = st.checkbox(t("petition.about_procedures"))
        head = st.checkbox(t("petition.concerns_head"))
        if not st.form_submit_button(t("petition.receive_now")):
            return
        if not text.strip():
            st.warning(t("say.text"))
            return
        with calm():
            body = {
                "submission_id": visit.once.id_of("petition"),
                "school": chosen,
                "kind": kind,
                "about_procedures": about,
                "concerns_head": head,
                "text": text,
                "contact": contact,
                "received_on": received.isoformat() if isinstance(received, date) else None,
            }
            visit.gateway.post("/petitions", body)
            visit.once.done("petition")
            done("petition.receive_done")
