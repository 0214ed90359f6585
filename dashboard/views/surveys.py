"""Surveys: the campaigns of a school; with `?campaign=`, one of them and its results."""

import streamlit as st

from dashboard.notices import calm
from dashboard.sections.campaign import campaign_page
from dashboard.sections.campaigns import campaigns_section
from dashboard.sections.demands import demands_section
from dashboard.sections.heading import page_head
from dashboard.sections.schools import choose_school
from dashboard.visit import current

with calm():
    if "campaign" in st.query_params:
        campaign_page(st.query_params["campaign"])
    else:
        words = current().words
        page_head(words("page.surveys"), lead=words("surveys.lead"))
        school = choose_school()
        with calm():
            campaigns_section(school)
        with calm():
            demands_section(school)
