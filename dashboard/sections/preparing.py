"""A report inside its school: who has it, what can be done with it there."""

import streamlit as st

from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.asking import with_reason
from dashboard.sections.heading import section
from dashboard.shapes.reports import ObligationDetail
from dashboard.visit import current


def preparation(path: str, one: ObligationDetail) -> None:
    """Draw how far a report is in its school, and the next step of whoever looks."""
    visit = current()
    t = visit.words
    section(t("prepare.title"), note=t("prepare.note"))
    found = one["preparation"]
    if found is None:
        if st.button(t("prepare.begin")):
            with calm():
                visit.gateway.post(f"{path}/draft")
                done("prepare.begin_done")
        return
    show("preparation.html", found=found)
    if found["stage"] == "drafting":
        _hand_in(path)
    elif may(visit.role, "report.approve"):
        if found["stage"] == "awaiting_approval" and st.button(
            t("prepare.approve"), type="primary"
        ):
            with calm():
                visit.gateway.post(f"{path}/approve")
                done("prepare.approve_done")
        with st.expander(t("prepare.give_back")):
            if with_reason(path, "give-back", t("prepare.give_back"), t("prepare.give_back_note")):
                done("prepare.give_back_done")


def _hand_in(path: str) -> None:
    visit = current()
    t = visit.words
    with st.form("hand_in", border=False):
        note = st.text_area(t("prepare.hand_in_note"), max_chars=2000, height=84)
        if not st.form_submit_button(t("prepare.hand_in")):
            return
        with calm():
            visit.gateway.post(f"{path}/hand-in", {"note": note})
            done("prepare.hand_in_done")
