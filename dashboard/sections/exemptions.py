"""Who is spared a survey: the list for everybody, making and lifting for the district."""

from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import choose_school, schools_in_scope
from dashboard.shapes.survey_setup import Exemption, Exemptions
from dashboard.visit import current

BOTH = "both"
FORMS = (BOTH, "tthc", "care")
QUARTERS = (1, 2, 3, 4)


def exemptions_section() -> None:
    """Draw the exemptions of the chosen school or of all."""
    visit = current()
    t = visit.words
    school = choose_school()
    found = visit.gateway.get("/exemptions", Exemptions, school=school)["items"]
    section(t("exemptions.title"), count=len(found), note=t("exemptions.note"))
    if found:
        show("exemptions.html", exemptions=found)
    else:
        nothing(t("exemptions.none"))
    if may(visit.role, "exemption.make"):
        for one in found:
            if one["lifted_on"] is None:
                _lift(one)
        _make(school)


def _lift(one: Exemption) -> None:
    visit = current()
    words = visit.words(
        "exemptions.lift", school=one["school_title"], day=visit.formats.day(one["starts_on"])
    )
    if st.button(words, key=f"lift-{one['exemption_id']}"):
        with calm():
            visit.gateway.post(f"/exemptions/{segment(one['exemption_id'])}/lift")
            done("exemptions.lift_done")


def _make(school: str | None) -> None:
    visit = current()
    t = visit.words
    titles = {one["code"]: one["title"] for one in schools_in_scope(visit)}
    codes = [school] if school else list(titles)
    with st.expander(t("exemptions.make")), st.form("exempt", border=False):
        chosen = st.selectbox(
            t("school.choose"), codes, format_func=lambda c: titles.get(c, c), key="exempt_school"
        )
        form = st.segmented_control(
            t("exemptions.form"),
            FORMS,
            default=BOTH,
            required=True,
            format_func=lambda value: t(f"exemptions.form.{value}"),
        )
        st.caption(t("exemptions.when"))
        left, right = st.columns(2)
        quarter = left.selectbox(t("exemptions.quarter"), QUARTERS, index=None, placeholder="-")
        year = right.number_input(
            t("exemptions.year"), min_value=2000, max_value=2098, value=None, step=1
        )
        starts = left.date_input(t("exemptions.starts_on"), None, format="DD/MM/YYYY")
        ends = right.date_input(t("exemptions.ends_on"), None, format="DD/MM/YYYY")
        reason = st.text_area(t("exemptions.reason"), max_chars=500, height=84)
        if not st.form_submit_button(t("exemptions.make_now"), type="primary"):
            return
        when: dict[str, object] = {}
        if quarter is not None and year is not None:
            when = {"quarter": {"year": year, "index": quarter}}
        elif isinstance(starts, date) and isinstance(ends, date):
            when = {"starts_on": starts.isoformat(), "ends_on": ends.isoformat()}
        if not when or not reason.strip():
            st.warning(t("exemptions.say"))
            return
        with calm():
            of = {"school": chosen, "form": None if form == BOTH else form, "reason": reason}
            visit.gateway.post("/exemptions", of | when)
            done("exemptions.make_done")
