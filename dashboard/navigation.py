"""The pages of the dashboard and the way between them."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from dashboard.duties import pages_of
from dashboard.words import LANGUAGES, Words


def pages_for(role: str, words: Words) -> list[Page]:
    """The pages of a role, its home first; all addresses are known before anyone logs in."""
    names = pages_of(role)
    return [
        st.Page(
            f"views/{name}.py",
            title=words(f"page.{name}"),
            url_path=name,
            default=name == names[0],
        )
        for name in names
    ]


def none_such(pages: Sequence[Page], words: Words) -> list[Page]:
    """The page that says so, where the browser asks for an address that no page of these has.

    Without it Streamlit would say so, in its own words.
    """
    asked = unquote(urlsplit(st.context.url or "").path).strip("/ ")
    if not asked or "/" in asked or asked in {page.url_path for page in pages}:
        return []
    return [st.Page("views/none_such.py", title=words("page.none_such"), url_path=asked)]


def link(page: Page, language: str) -> None:
    """A link in the sidebar; a language other than the first travels in the address."""
    query = None if language == LANGUAGES[0] else {"lang": language}
    st.page_link(page, width="stretch", query_params=query)
