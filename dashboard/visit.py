"""Who is looking, in which language, and the tools that a page needs for them."""

from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import httpx
import streamlit as st

from dashboard import settings
from dashboard.client import Gateway, connect
from dashboard.formats import Formats
from dashboard.logs import run_id
from dashboard.once import Once
from dashboard.shapes.account import Me
from dashboard.shapes.surveys import Said
from dashboard.words import LANGUAGES, Words

COOKIE = "kipthoi_session"


@dataclass
class Visit:
    """Everything about the present run of a page; made anew each run by `app.py`."""

    gateway: Gateway
    words: Words
    formats: Formats
    public: str
    once: Once
    me: Me | None = None

    @property
    def role(self) -> str:
        """The role of the account, "" when nobody is logged in."""
        return self.me["role"] if self.me else ""

    def said(self, words: Said) -> str:
        """Words that came in both languages, in the reader's."""
        return words["en"] if self.words.language == "en" else words["vi"]

    def when(self, day: str, moment: str | None) -> str:
        """When something happened: "05/03/2024, 09:30", or "ngày 05/03/2024" if no time is told."""
        if moment:
            return self.formats.moment(moment)
        return self.words("when.day", day=self.formats.day(day))

    def meet(self) -> None:
        """Ask the gateway who is logged in; raises `GatewayProblem`."""
        self.me = self.gateway.get("/me", Me)


def begin() -> Visit:
    """The visit of this run, before it is known who comes."""
    run_id.set(str(uuid4()))
    language = chosen_language()
    where = settings.read()
    once: Once = st.session_state.setdefault("once", Once())
    gateway = Gateway(_pool(where.gateway), session_token(), language, once)
    visit = Visit(gateway, Words(language), Formats(language), where.public, once)
    st.session_state["visit"] = visit
    return visit


def current() -> Visit:
    """The visit that `app.py` made for this run."""
    visit: Visit = st.session_state["visit"]
    return visit


def session_token() -> str | None:
    """The session's token: from the gateway's cookie, or put in the state by a test."""
    token = st.session_state.get("session_token") or st.context.cookies.get(COOKIE)
    return token if isinstance(token, str) else None  # AppTest mocks the cookies


def chosen_language() -> str:
    """The language of the switch, else of `?lang=`, else Vietnamese."""
    if "language" not in st.session_state:
        asked = st.query_params.get("lang", LANGUAGES[0])
        st.session_state["language"] = asked if asked in LANGUAGES else LANGUAGES[0]
    return str(st.session_state["language"])


@cache
def _pool(url: str) -> httpx.Client:
    return connect(url)
