"""The sidebar: the name of the system, the pages, the language, who is logged in."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from dashboard.markup import show
from dashboard.navigation import link
from dashboard.notices import calm
from dashboard.visit import current
from dashboard.words import LANGUAGES

MARK = Path(__file__).parents[1] / "assets" / "mark.svg"


def draw_sidebar(pages: Sequence[Page]) -> None:
    """Draw the sidebar; without an account only the name and the language."""
    visit = current()
    with st.sidebar:
        show(
            "brand.html", mark="data:image/svg+xml;base64," + b64encode(MARK.read_bytes()).decode()
        )
        if visit.me:
            for page in pages:
                link(page, visit.words.language)
        _language()
        if visit.me:
            show("who.html", me=visit.me)
            st.button(visit.words("log_out"), type="tertiary", on_click=log_out)


def log_out() -> None:
    """End the session on the server; its cookie is worth nothing from then on."""
    with calm():
        current().gateway.post("/logout")


def _language() -> None:
    visit = current()
    st.session_state["language_switch"] = visit.words.language
    st.segmented_control(
        visit.words("language"),
        LANGUAGES,
        format_func=lambda language: visit.words(f"language.{language}"),
        key="language_switch",
        required=True,
        on_change=_switch,
        label_visibility="collapsed",
    )


def _switch() -> None:
    language = st.session_state["language_switch"]
    st.session_state["language"] = language
    if language == LANGUAGES[0]:
        st.query_params.pop("lang", None)
    else:
        st.query_params["lang"] = language
