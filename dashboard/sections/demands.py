"""Reports of improper demands. What a parent wrote is opened one by one: reading it is recorded."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm
from dashboard.sections.erasing import erase_report
from dashboard.sections.heading import section
from dashboard.sections.schools import titles_of
from dashboard.shapes.surveys import Demand, DemandDetail, Demands
from dashboard.visit import current


def demands_section(school: str | None) -> None:
    """Draw the reports that the account may know of; nothing at all when there are none."""
    visit = current()
    t = visit.words
    if not may(visit.role, "demand.read"):
        return
    demands = visit.gateway.get("/demands", Demands, school=school)["items"]
    if not demands:
        return
    titles = titles_of(visit)
    section(t("demand.title"), count=len(demands), note=t("demand.note"))
    for demand in demands:
        with st.container(border=True):
            show("demand.html", demand=demand, school=titles.get(demand["school"], ""))
            _read(demand)


def _read(demand: Demand) -> None:
    visit = current()
    key = f"demand-{demand['report_id']}"
    if not st.session_state.get(key):
        st.button(
            visit.words("demand.read"),
            key=f"read-{key}",
            on_click=st.session_state.update,
            args=({key: True},),
        )
        return
    with calm():
        path = f"/demands/{segment(demand['report_id'])}"
        told = visit.gateway.get(path, DemandDetail)
        show("demand_text.html", demand=told)
        if told["erased_on"] is None:
            erase_report(demand["report_id"])
