"""Why an inspection was proposed by itself, and why another was not: each judgement of a rule."""

from typing import Final

import streamlit as st

from dashboard.markup import show
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import titles_of
from dashboard.shapes.inspections import Evaluations
from dashboard.visit import current

FIRED: Final = "fired"
ALL: Final = "all"
SHOWN: Final = 100


def evaluation_list(school: str | None) -> None:
    """Draw the judgements, newest first; those that fired, or all."""
    visit = current()
    t = visit.words
    section(t("evaluation.title"), note=t("evaluation.note"))
    which = st.segmented_control(
        t("evaluation.which"),
        (FIRED, ALL),
        default=FIRED,
        required=True,
        key="evaluations",
        format_func=lambda value: t(f"evaluation.{value}"),
        label_visibility="collapsed",
    )
    fired = "true" if which == FIRED else None
    found = visit.gateway.get("/evaluations", Evaluations, school=school, fired=fired)["items"]
    if not found:
        nothing(t("evaluation.none"))
        return
    show("evaluations.html", evaluations=found[:SHOWN], titles=titles_of(visit))
    if len(found) > SHOWN:
        show("note.html", words=t("evaluation.more", count=len(found) - SHOWN))
