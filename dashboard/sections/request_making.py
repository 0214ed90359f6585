"""Asking schools, or the teams of a school, for figures and text by a day."""

import re
from datetime import date
from typing import Final

import streamlit as st

from dashboard.notices import calm, done
from dashboard.sections.schools import titles_of
from dashboard.visit import current

WORDINGS: Final = ("by", "before")


def fields_of(lines: str, of_words: str) -> list[dict[str, object]]:
    """Return what is asked for: a field for each line, a figure unless it ends in `of_words`."""
    ending = re.compile(rf"\s*{re.escape(of_words)}$", re.IGNORECASE)
    labels = [line.strip() for line in lines.splitlines() if line.strip()]
    return [
        {
            "code": f"c{number}",
            "label": ending.sub("", label),
            "kind": "text" if ending.search(label) else "number",
            "required": True,
        }
        for number, label in enumerate(labels, start=1)
    ]


def make_request() -> None:
    """The form by which the district asks schools."""
    visit = current()
    t = visit.words
    titles = titles_of(visit)
    with st.expander(t("request.make")), st.form("make-request", border=False):
        schools = st.multiselect(
            t("request.schools"), list(titles), default=list(titles), format_func=titles.__getitem__
        )
        body = _body("request")
        if not st.form_submit_button(t("request.make_now"), type="primary"):
            return
        _send("/requests", body, {"schools": schools}, schools)


def make_collection() -> None:
    """The form by which a head asks the teams of the school."""
    visit = current()
    t = visit.words
    school = next(iter(titles_of(visit)), "")
    with st.expander(t("collection.make")), st.form("make-collection", border=False):
        lines = st.text_area(t("collection.teams"), height=84, key="collection_teams")
        body = _body("collection")
        if not st.form_submit_button(t("collection.make_now"), type="primary"):
            return
        teams = [line.strip() for line in lines.splitlines() if line.strip()]
        _send("/collections", body, {"school": school, "teams": teams}, teams)


def _body(what: str) -> dict[str, object]:
    t = current().words
    title = st.text_input(t("request.title"), max_chars=500, key=f"{what}_title")
    basis = st.text_input(t("request.basis"), max_chars=500, key=f"{what}_basis")
    left, right = st.columns(2)
    due_on = left.date_input(t("request.due_on"), None, format="DD/MM/YYYY", key=f"{what}_due_on")
    wording = right.segmented_control(
        t("request.wording"),
        WORDINGS,
        default=WORDINGS[0],
        required=True,
        format_func=lambda value: t(f"request.wording.{value}"),
        key=f"{what}_wording",
    )
    lines = st.text_area(
        t("request.fields"),
        help=t("request.fields_help", ending=t("request.of_words")),
        height=120,
        key=f"{what}_fields",
    )
    notes = st.text_area(
        t("request.instructions"), max_chars=2000, height=84, key=f"{what}_instructions"
    )
    return {
        "title": title,
        "legal_basis": basis,
        "due_on": due_on.isoformat() if isinstance(due_on, date) else None,
        "wording": wording,
        "fields": fields_of(lines, t("request.of_words")),
        "instructions": notes,
    }


def _send(path: str, body: dict[str, object], whom: dict[str, object], asked: list[str]) -> None:
    visit = current()
    said = [body["title"], body["legal_basis"], body["due_on"], body["fields"], asked]
    if not all(said):
        st.warning(visit.words("request.say"))
        return
    with calm():
        visit.gateway.post(path, body | whom)
        done("request.make_done")
