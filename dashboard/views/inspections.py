"""Inspections: what waits for a decision, remedies, why rules fired, tasks, petitions.

`?inspection=` opens one; `?part=` opens one of the lists.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.duties import Part, parts_of
from dashboard.notices import calm
from dashboard.sections.duty import duty_table
from dashboard.sections.evaluations import evaluation_list
from dashboard.sections.heading import page_head
from dashboard.sections.inspection import inspection_page
from dashboard.sections.inspection_list import inspection_list
from dashboard.sections.petitions import petition_list
from dashboard.sections.remedies import remedy_list
from dashboard.sections.schools import choose_school
from dashboard.sections.tasks import task_list
from dashboard.visit import current

PARTS: Mapping[Part, Callable[[str | None], None]] = {
    "inspections": inspection_list,
    "remedies": remedy_list,
    "tasks": task_list,
    "petitions": petition_list,
    "evaluations": evaluation_list,
    "duty": duty_table,
}


def lists() -> None:
    """The lists, one at a time, of the chosen school."""
    visit = current()
    t = visit.words
    page_head(t("page.inspections"), lead=t("inspections.lead"))
    school = choose_school()
    names = parts_of(visit.role)
    asked = st.query_params.get("part", names[0])
    part: Part = st.segmented_control(
        t("inspections.part"),
        names,
        default=asked if asked in names else names[0],
        required=True,
        key="part",
        format_func=lambda name: t(f"inspections.part.{name}"),
        label_visibility="collapsed",
    )
    st.query_params["part"] = part
    with calm():
        PARTS[part](school)


with calm():
    if "inspection" in st.query_params:
        inspection_page(st.query_params["inspection"])
    else:
        lists()
