"""More time for a report that is not sent: until when, and why."""

from datetime import date

import streamlit as st

from dashboard.notices import calm, done
from dashboard.visit import current


def extend(path: str) -> None:
    """Ask for a later day and the reason, and send both."""
    visit = current()
    t = visit.words
    with st.expander(t("report.extend")), st.form("extend", border=False):
        until = st.date_input(
            t("report.extend_until"), None, format="DD/MM/YYYY", key="extend_until"
        )
        reason = st.text_area(t("report.extend_reason"), max_chars=500, height=84)
        if not st.form_submit_button(t("report.extend_now")):
            return
        if not isinstance(until, date) or not reason.strip():
            st.warning(t("report.extend_say"))
            return
        with calm():
            visit.gateway.post(f"{path}/extend", {"due_on": until.isoformat(), "reason": reason})
            done("report.extend_done")
