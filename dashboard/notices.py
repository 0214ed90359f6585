"""What goes wrong, said calmly; what was done, said once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.client import AWAY, UNREADABLE, GatewayProblem
from dashboard.logs import run_id
from dashboard.markup import show
from dashboard.visit import current

log = logging.getLogger(__name__)

FAILED = "dashboard.failed"
_DONE = "done"


@contextmanager
def calm() -> Iterator[None]:
    """Turn a problem of the gateway into a box; the rest of the page goes on.

    Without a session nothing else makes sense: the way to the login is shown and the run ends.
    """
    try:
        yield
    except GatewayProblem as problem:
        if problem.signed_out:
            ask_to_log_in()
            st.stop()
        explain(problem)


@contextmanager
def unbroken() -> Iterator[None]:
    """Turn a defect of the dashboard itself into a box, and log it with its traceback.

    Streamlit ends and repeats runs by exceptions that are no `Exception`; they pass.
    """
    try:
        yield
    except Exception:  # the last resort: whoever reads must not meet a traceback
        log.exception("a page failed")
        explain(GatewayProblem(FAILED, "", run_id.get() or ""))


def explain(problem: GatewayProblem) -> None:
    """Say what is wrong, with the code and number that support needs."""
    t = current().words
    ours = {AWAY: t("problem.away"), UNREADABLE: t("problem.unreadable")}
    sentence = ours.get(problem.code) or problem.detail or t("problem.unknown")
    show("problem.html", sentence=sentence, problem=problem)


def ask_to_log_in() -> None:
    """Show the way to the gateway's login page; it leads back to the dashboard."""
    visit = current()
    show("log_in.html", login=f"{visit.public}/login?lang={visit.words.language}")


def done(key: str, **values: object) -> None:
    """Remember what was done, and draw the page anew, with what is now true."""
    st.session_state[_DONE] = current().words(key, **values)
    st.rerun()


def say_done() -> None:
    """Say what was done in the run before, once."""
    if sentence := st.session_state.pop(_DONE, None):
        show("done.html", sentence=sentence)
