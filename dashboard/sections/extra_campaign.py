"""A campaign beside those of the calendar: which form, at which school, on which days."""

from datetime import date

import streamlit as st

from dashboard.notices import calm, done
from dashboard.sections.heading import section
from dashboard.sections.schools import titles_of
from dashboard.shapes.survey_setup import Forms, FormVersion
from dashboard.visit import Visit, current

LENGTHS = ("whole", "short")


def extra_campaign_section() -> None:
    """Ask for everything that an extra campaign needs, and plan it."""
    visit = current()
    t = visit.words
    titles = titles_of(visit)
    versions = visit.gateway.get("/forms", Forms)["items"]
    section(t("extra.title"), note=t("extra.note"))
    with st.form("extra", border=False, width=640):
        school = st.selectbox(t("school.choose"), list(titles), format_func=lambda c: titles[c])
        version = st.selectbox(t("extra.form"), versions, format_func=lambda one: _name(visit, one))
        length = st.segmented_control(
            t("lengths.length"),
            LENGTHS,
            default=LENGTHS[0],
            required=True,
            format_func=lambda value: t(f"length.{value}"),
        )
        left, right = st.columns(2)
        opens = left.date_input(t("campaign.opens_on"), None, format="DD/MM/YYYY")
        closes = right.date_input(t("campaign.closes_on"), None, format="DD/MM/YYYY")
        basis = st.text_input(t("rules.basis"), max_chars=500)
        target = left.number_input(t("rules.target"), 1, 100, 95)
        handed_out = right.number_input(
            t("campaign.hand_out"),
            min_value=1,
            value=None,
            step=1,
            help=t("campaign.hand_out_note"),
        )
        if not st.form_submit_button(t("extra.now"), type="primary"):
            return
        if not (isinstance(opens, date) and isinstance(closes, date) and version and basis.strip()):
            st.warning(t("extra.say"))
            return
        with calm():
            body = {
                "school": school,
                "form": version["kind"],
                "form_version": version["version"],
                "length": length,
                "opens_on": opens.isoformat(),
                "closes_on": closes.isoformat(),
                "legal_basis": basis,
                "target_percent": target,
                "handed_out": handed_out,
            }
            visit.gateway.post("/campaigns", body)
            done("extra.done")


def _name(visit: Visit, one: FormVersion) -> str:
    version = visit.words("forms.version", version=one["version"])
    return f"{visit.said(one['words'])} ({version})"
