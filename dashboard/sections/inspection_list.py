"""Inspections of a school or of all: what waits for a decision first, each with its clock."""

from collections.abc import Sequence

import streamlit as st

from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import schools_in_scope
from dashboard.shapes.inspections import Inspection, Inspections
from dashboard.visit import current

# What waits comes first; within it what escalated, since it has waited longest.
PARTS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("waiting", ("escalated", "proposed")),
    ("running", ("ordered",)),
    ("ended", ("completed", "dismissed")),
)


def inspection_list(school: str | None) -> None:
    """Draw the inspections by what they wait for."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/inspections", Inspections, school=school)["items"]
    for name, states in PARTS:
        part = [one for state in states for one in found if one["state"] == state]
        if not part and name != "waiting":
            continue
        section(t(f"inspections.{name}"), count=len(part), note=t(f"inspections.{name}_note"))
        if part:
            show("inspections.html", inspections=part, with_school=school is None)
        else:
            nothing(t("inspections.none_waiting"))
    if may(visit.role, "inspection.start"):
        _start(school)


def _start(school: str | None) -> None:
    visit = current()
    t = visit.words
    titles = {one["code"]: one["title"] for one in schools_in_scope(visit)}
    codes = [school] if school else list(titles)
    with st.expander(t("inspection.start")), st.form("start", border=False):
        chosen = st.selectbox(t("school.choose"), codes, format_func=lambda c: titles.get(c, c))
        kind = st.segmented_control(
            t("inspection.kind"),
            ("surprise", "planned"),
            default="surprise",
            required=True,
            format_func=lambda value: t(f"inspection.kind.{value}"),
        )
        note = st.text_area(t("inspection.note"), max_chars=2000)
        if not st.form_submit_button(t("inspection.start_now")):
            return
        with calm():
            body = {"school": chosen, "kind": kind, "note": note}
            visit.gateway.post("/inspections", body)
            done("inspection.started")


def waits(one: Inspection) -> bool:
    """Whether the inspection waits for somebody's decision."""
    return one["state"] in {"proposed", "escalated"}
