"""The history of one matter, from its first cause on; with `?matter=`, its correlation id."""

import streamlit as st

from dashboard.notices import calm
from dashboard.sections.heading import page_head
from dashboard.sections.matters import matters_section
from dashboard.sections.timeline import matter
from dashboard.visit import current

words = current().words
page_head(words("page.history"), lead=words("history.lead"))
with calm():
    if "matter" in st.query_params:
        matter(st.query_params["matter"])
    else:
        matters_section()
