"""Asking for the reason of a command."""

import streamlit as st

from dashboard.client import GatewayProblem
from dashboard.notices import explain
from dashboard.visit import current


def with_reason(path: str, verb: str, label: str, question: str) -> bool:
    """Ask for a reason and send it; True when the gateway took it."""
    visit = current()
    with st.form(verb, border=verb == "return"):
        reason = st.text_area(question, max_chars=500, height=84)
        if not st.form_submit_button(label):
            return False
        if not reason.strip():
            st.warning(visit.words("say.reason"))
            return False
        try:
            visit.gateway.post(f"{path}/{verb}", {"reason": reason})
        except GatewayProblem as problem:
            explain(problem)
            return False
    return True
