"""How long what people wrote is kept: the rules for everybody, a new one for the district."""

from datetime import date

import streamlit as st

from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.data_requests import data_requests_section
from dashboard.sections.heading import nothing, section
from dashboard.shapes.keeping import KeepingRules
from dashboard.visit import current

WORDS = ("comments", "reports")
LONGEST = 120
MONTHS = 24


def keeping_section() -> None:
    """Draw the rules, those of the latest days first."""
    visit = current()
    t = visit.words
    rules = visit.gateway.get("/keeping-rules", KeepingRules)["items"]
    section(t("keeping.title"), count=len(rules), note=t("keeping.note"))
    if rules:
        show("keeping_rules.html", rules=rules)
    else:
        nothing(t("keeping.none"))
    if may(visit.role, "keeping.set"):
        _set()
    with calm():
        data_requests_section()


def _set() -> None:
    visit = current()
    t = visit.words
    with st.expander(t("keeping.set")), st.form("keeping", border=False, width=640):
        words = st.segmented_control(
            t("keeping.words"),
            WORDS,
            default=WORDS[0],
            required=True,
            format_func=lambda one: t.named("keeping.of", one),
        )
        months = st.number_input(
            t("keeping.months"), min_value=1, max_value=LONGEST, value=MONTHS, step=1
        )
        begins = st.date_input(t("keeping.valid_from"), None, format="DD/MM/YYYY")
        basis = st.text_area(t("keeping.basis"), max_chars=500, height=84)
        if not st.form_submit_button(t("keeping.set_now"), type="primary"):
            return
        if not isinstance(begins, date) or not basis.strip():
            st.warning(t("keeping.say"))
            return
        with calm():
            said = {"words": words, "months": months, "legal_basis": basis}
            visit.gateway.post("/keeping-rules", said | {"valid_from": begins.isoformat()})
            done("keeping.set_done")
