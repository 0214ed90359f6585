"""Changing one's own password; the first one must be changed before anything else."""

import streamlit as st

from dashboard.notices import calm, done
from dashboard.sections.heading import page_head
from dashboard.visit import current


def first_password() -> None:
    """The only page of an account that still has the password it was given."""
    t = current().words
    page_head(t("password.first"), lead=t("password.first_lead"))
    password_form()


def password_form() -> None:
    """Ask for the old and twice for the new password."""
    visit = current()
    t = visit.words
    with st.form("password", border=False, width=460):
        old = st.text_input(t("password.old"), type="password", autocomplete="current-password")
        new = st.text_input(t("password.new"), type="password", autocomplete="new-password")
        again = st.text_input(t("password.again"), type="password", autocomplete="new-password")
        sent = st.form_submit_button(t("password.change"), type="primary")
    if not sent:
        return
    if new != again:
        st.warning(t("password.differs"))
        return
    with calm():
        visit.gateway.post("/me/password", {"old": old, "new": new})
        done("password.done")
