"""The figures of a report: what the events say, what the last period said, what was changed."""

from collections.abc import Sequence

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.notices import calm, done
from dashboard.sections.heading import section
from dashboard.shapes.drafts import Draft, DraftFigure, FigureOrigin
from dashboard.shapes.reports import ObligationDetail
from dashboard.visit import current

CORRECTABLE = frozenset({"drafting", "awaiting_approval"})


def draft_figures(path: str, one: ObligationDetail) -> None:
    """Draw the figures, the origin of a chosen one, and the form that changes one by hand."""
    visit = current()
    t = visit.words
    with calm():
        found = visit.gateway.get(f"{path}/figures", Draft)
        before = found["previous_period"]
        section(
            t("draft.title"),
            note=t("draft.frozen", at=visit.formats.day(found["frozen_at"]))
            if found["frozen_at"]
            else t("draft.note"),
        )
        show(
            "draft.html",
            figures=found["figures"],
            before=period_name(visit, before) if before else "",
        )
        _origin(path, found["figures"])
        if one["stage"] in CORRECTABLE:
            _correct(path, found["figures"])


def _origin(path: str, figures: Sequence[DraftFigure]) -> None:
    visit = current()
    t = visit.words
    names = {figure["code"]: visit.said(figure["words"]) for figure in figures}
    code = st.selectbox(
        t("draft.origin"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("draft.choose"),
        width=440,
    )
    if code is None:
        return
    origin = visit.gateway.get(f"{path}/figures/{segment(code)}/origin", FigureOrigin)
    show("figure_origin.html", origin=origin, traced=may(visit.role, "matter.trace"))


def _correct(path: str, figures: Sequence[DraftFigure]) -> None:
    visit = current()
    t = visit.words
    names = {figure["code"]: visit.said(figure["words"]) for figure in figures}
    with st.expander(t("draft.correct")), st.form("correct", border=False, width=640):
        code = st.selectbox(t("draft.figure"), list(names), format_func=names.__getitem__)
        value = st.number_input(
            t("draft.value"), min_value=0.0, max_value=1e6, value=None, help=t("draft.value_note")
        )
        reason = st.text_area(t("draft.reason"), max_chars=500, height=84)
        if not st.form_submit_button(t("draft.correct_now")):
            return
        if not reason.strip():
            st.warning(t("say.reason"))
            return
        visit.gateway.post(f"{path}/figures/{segment(code)}", {"value": value, "reason": reason})
        done("draft.correct_done")
