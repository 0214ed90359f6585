"""Questions to the calendar: the last of so many working days, the deadline of a kind."""

from datetime import date
from typing import Final

import streamlit as st

from dashboard.markup import show
from dashboard.notices import calm
from dashboard.shapes.workdays import KindDeadline, WorkingDays
from dashboard.visit import current

MOST_WORKING_DAYS: Final = 250


def reckoning() -> None:
    """Draw the two questions and, once asked, the answer with its reasons."""
    visit = current()
    t = visit.words
    with st.expander(t("reckoning.title")):
        with st.form("add-days", border=False):
            left, right = st.columns(2)
            after = left.date_input(t("reckoning.after"), None, format="DD/MM/YYYY")
            number = right.number_input(
                t("reckoning.working_days"), min_value=1, max_value=MOST_WORKING_DAYS, value=15
            )
            if st.form_submit_button(t("reckoning.add")) and isinstance(after, date):
                with calm():
                    _add(after, int(number))
        with st.form("kind-deadline", border=False):
            left, right = st.columns(2)
            kind = left.text_input(t("reckoning.kind"), "cchc_result", max_chars=40)
            period = right.text_input(t("reckoning.period"), max_chars=20)
            if st.form_submit_button(t("reckoning.deadline")) and kind and period:
                with calm():
                    _deadline(kind, period)


def _add(after: date, working_days: int) -> None:
    visit = current()
    asked = {"after": after.isoformat(), "working_days": str(working_days)}
    told = visit.gateway.get("/workdays/add", WorkingDays, **asked)
    show("reckoned.html", until=told["until"], steps=told["steps"], due=None)


def _deadline(kind: str, period: str) -> None:
    visit = current()
    told = visit.gateway.get("/workdays/deadline", KindDeadline, kind=kind, period=period)
    due = told["deadline"]
    show("reckoned.html", until=due["due_on"], steps=due["steps"], due=due)
