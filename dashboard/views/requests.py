"""Ad-hoc requests: of the district to schools, of a head to the teams of a school."""

import streamlit as st

from dashboard.duties import may
from dashboard.notices import calm
from dashboard.sections.heading import page_head
from dashboard.sections.request import request_page
from dashboard.sections.request_making import make_collection, make_request
from dashboard.sections.requests import request_list
from dashboard.visit import current

with calm():
    if "request" in st.query_params:
        request_page(st.query_params["request"], inside=False)
    elif "collection" in st.query_params:
        request_page(st.query_params["collection"], inside=True)
    else:
        words, role = current().words, current().role
        page_head(words("page.requests"), lead=words("request.list_lead"))
        request_list(inside=False)
        if may(role, "request.make"):
            make_request()
        if may(role, "collection.read"):
            request_list(inside=True)
        if may(role, "collection.make"):
            make_collection()
