"""Days that an authority made days off or working days; the district enters new ones."""

from datetime import date

import streamlit as st

from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.shapes.workdays import Calendar
from dashboard.visit import current

KINDS = ("off", "work")


def moved_days() -> None:
    """Draw the days with their documents, the latest first, and the form of a new one."""
    visit = current()
    t = visit.words
    with st.expander(t("moved_days.title")), calm():
        told = visit.gateway.get("/calendar", Calendar)
        show("note.html", words=t("moved_days.note"))
        entered = [(one, "") for one in told["items"]]
        shipped = [(one, one["source"]) for one in told["shipped"]]
        days = sorted((*entered, *shipped), key=lambda one: one[0]["day"], reverse=True)
        show("moved_days.html", days=days)
        if may(visit.role, "calendar.set"):
            _enter()


def _enter() -> None:
    visit = current()
    t = visit.words
    show("note.html", words=t("moved_days.enter_note"))
    with st.form("moved-day", border=False):
        left, right = st.columns(2)
        day = left.date_input(t("moved_days.day"), None, format="DD/MM/YYYY", key="moved_day")
        kind = right.selectbox(
            t("moved_days.kind"), KINDS, format_func=lambda one: t.named("moved_days.kind", one)
        )
        basis = st.text_input(t("moved_days.basis"), max_chars=500)
        replaces = st.checkbox(t("moved_days.replaces"))
        if not st.form_submit_button(t("moved_days.enter")):
            return
        if not isinstance(day, date) or not basis.strip():
            st.warning(t("moved_days.say"))
            return
        body = {"kind": kind, "legal_basis": basis, "replaces": replaces}
        with calm():
            visit.gateway.put(f"/calendar/{day.isoformat()}", body)
            done("moved_days.done")
