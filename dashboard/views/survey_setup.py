"""Forms and the calendar of surveys: what is asked, when, and who is spared.

`?form=&version=` opens one version; `?part=` opens one of the lists.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.duties import SetupPart, setup_parts_of
from dashboard.notices import calm
from dashboard.sections.calendar_rules import rules_section
from dashboard.sections.exemptions import exemptions_section
from dashboard.sections.extra_campaign import extra_campaign_section
from dashboard.sections.forms import form_page, forms_section
from dashboard.sections.heading import page_head
from dashboard.sections.keeping import keeping_section
from dashboard.visit import current

PARTS: Mapping[SetupPart, Callable[[], None]] = {
    "forms": forms_section,
    "rules": rules_section,
    "exemptions": exemptions_section,
    "extra": extra_campaign_section,
    "keeping": keeping_section,
}


def lists() -> None:
    """The lists, one at a time."""
    visit = current()
    t = visit.words
    page_head(t("page.survey_setup"), lead=t("setup.lead"))
    names = setup_parts_of(visit.role)
    asked = st.query_params.get("part", names[0])
    part: SetupPart = st.segmented_control(
        t("setup.part"),
        names,
        default=asked if asked in names else names[0],
        required=True,
        key="setup_part",
        format_func=lambda name: t(f"setup.part.{name}"),
        label_visibility="collapsed",
    )
    st.query_params["part"] = part
    with calm():
        PARTS[part]()


with calm():
    if "form" in st.query_params and "version" in st.query_params:
        form_page(st.query_params["form"], st.query_params["version"])
    else:
        lists()
