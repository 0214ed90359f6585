"""Questions to the calendar: the last of so many working days, the deadline of a kind."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.markup import show
from dashboard.naming import period_choices
from dashboard.notices import calm
from dashboard.shapes.kinds import Kinds
from dashboard.shapes.workdays import KindDeadline, WorkingDays
from dashboard.visit import current

MOST_WORKING_DAYS: Final = 250
FIRST_YEAR, LAST_YEAR = 2000, 2099
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


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
        with calm():
            _ask_deadline()


def _add(after: date, working_days: int) -> None:
    visit = current()
    asked = {"after": after.isoformat(), "working_days": str(working_days)}
    told = visit.gateway.get("/workdays/add", WorkingDays, **asked)
    show("reckoned.html", until=told["until"], steps=told["steps"], due=None)


def _ask_deadline() -> None:
    """Kind and year decide which periods there are to choose from."""
    visit = current()
    t = visit.words
    kinds = {one["code"]: one for one in visit.gateway.get("/kinds", Kinds)["items"]}
    left, middle, right = st.columns([3, 1, 2])
    kind = left.selectbox(
        t("reckoning.kind"), list(kinds), format_func=lambda code: visit.said(kinds[code]["words"])
    )
    year = middle.number_input(
        t("reckoning.year"), FIRST_YEAR, LAST_YEAR, datetime.now(VIETNAM).year, step=1
    )
    choices = period_choices(visit, kinds[kind]["periods"] if kind else (), year)
    period = right.selectbox(t("reckoning.period"), list(choices), format_func=choices.__getitem__)
    if st.button(t("reckoning.deadline")) and kind and period:
        _deadline(kind, period)


def _deadline(kind: str, period: str) -> None:
    visit = current()
    told = visit.gateway.get("/workdays/deadline", KindDeadline, kind=kind, period=period)
    due = told["deadline"]
    show("reckoned.html", until=due["due_on"], steps=due["steps"], due=due)
