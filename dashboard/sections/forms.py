"""Survey forms: the published versions, one of them, and from when the calendar asks it."""

from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.form_adding import add_form
from dashboard.sections.heading import page_head, section
from dashboard.shapes.survey_setup import Form, FormDetail, Forms
from dashboard.visit import current


def forms_section() -> None:
    """Draw the published versions; who may, adds one."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/forms", Forms)["items"]
    section(t("forms.title"), count=len(found), note=t("forms.note"))
    show("forms.html", forms=found)
    if may(visit.role, "form.add"):
        add_form()


def form_page(kind: str, version: str) -> None:
    """Draw one version with everything that it asks."""
    visit = current()
    t = visit.words
    path = f"/forms/{segment(kind)}/{segment(version)}"
    found = visit.gateway.get(path, FormDetail)
    page_head(
        visit.said(found["words"]),
        kicker=t("forms.version", version=found["version"]),
        lead=visit.said(found["form"]["intro"]),
    )
    files = {name: f"{visit.public}/api/v1{path}/file?format={name}" for name in ("xlsx", "yaml")}
    show("form_head.html", form=found, files=files)
    if may(visit.role, "form.use"):
        _use(path)
    draw_form(found["form"])


def draw_form(form: Form) -> None:
    """Draw what a form asks, group by group."""
    section(current().words("forms.asks"))
    show("form_items.html", form=form)


def _use(path: str) -> None:
    visit = current()
    t = visit.words
    with st.expander(t("forms.use")), st.form("use_form", border=False):
        st.caption(t("forms.use_note"))
        day = st.date_input(t("forms.use_from"), None, format="DD/MM/YYYY")
        if not st.form_submit_button(t("forms.use_now")):
            return
        if not isinstance(day, date):
            st.warning(t("say.day"))
            return
        with calm():
            visit.gateway.post(f"{path}/use", {"valid_from": day.isoformat()})
            done("forms.use_done")
