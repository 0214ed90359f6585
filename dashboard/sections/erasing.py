"""Words of parents that somebody has the right to have erased: for good, and with a reason."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.notices import calm, done
from dashboard.shapes.results import Comment
from dashboard.visit import current

LONGEST = 500
BEGINNING = 80


def erase_comment(campaign_id: str, comments: list[Comment]) -> None:
    """Offer the comments that are shown."""
    visit = current()
    t = visit.words
    known = {one["comment_id"]: one["body"] for one in comments if one["comment_id"]}
    if not known or not may(visit.role, "comments.erase"):
        return
    with st.expander(t("erase.comment")), st.form("erase_comment", border=False, width=640):
        st.caption(t("erase.note"))
        chosen = st.selectbox(
            t("erase.which"), list(known), format_func=lambda one: known[one][:BEGINNING]
        )
        reason = st.text_area(t("erase.reason"), max_chars=LONGEST, height=84)
        path = f"/campaigns/{segment(campaign_id)}/comments/{segment(chosen)}/erase"
        _send(path, reason)


def erase_report(report_id: str) -> None:
    """Offer the words of one report."""
    visit = current()
    t = visit.words
    if not may(visit.role, "demand.erase"):
        return
    with st.expander(t("erase.report")), st.form(f"erase-{report_id}", border=False, width=640):
        st.caption(t("erase.note"))
        reason = st.text_area(t("erase.reason"), max_chars=LONGEST, height=84)
        _send(f"/demands/{segment(report_id)}/erase", reason)


def _send(path: str, reason: str) -> None:
    visit = current()
    if not st.form_submit_button(visit.words("erase.now")):
        return
    if not reason.strip():
        st.warning(visit.words("say.reason"))
        return
    with calm():
        visit.gateway.post(path, {"reason": reason})
        done("erase.done")
