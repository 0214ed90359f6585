"""The dashboard's entry: who comes, in which language, to which page."""

from pathlib import Path

import streamlit as st

from dashboard.client import GatewayProblem
from dashboard.markup import STYLE, show
from dashboard.navigation import none_such, pages_for
from dashboard.notices import ask_to_log_in, explain, say_done, unbroken
from dashboard.sections.password import first_password
from dashboard.sections.sidebar import draw_sidebar
from dashboard.visit import begin

MARK = Path(__file__).with_name("assets") / "mark.svg"

visit = begin()
st.set_page_config(
    page_title=visit.words("brand.name"),
    page_icon=str(MARK),
    layout="wide",
    initial_sidebar_state="auto",
)
st.html(STYLE)
show("own_words.html")

problem: GatewayProblem | None = None
try:
    visit.meet()
except GatewayProblem as refused:
    problem = refused

pages = pages_for(visit.role, visit.words)
page = st.navigation([*pages, *none_such(pages, visit.words)], position="hidden")
draw_sidebar(pages)
say_done()
if problem is not None and problem.signed_out:
    ask_to_log_in()
elif problem is not None:
    explain(problem)
    st.button(visit.words("problem.again"))
elif visit.me is not None and visit.me["must_change_password"]:
    first_password()
else:
    with unbroken():
        page.run()
visit.once.drawn()  # not reached by a run that a further click cut short
