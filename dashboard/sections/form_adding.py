"""A new version of a form out of a file: looked at first, then published."""

import base64
from typing import cast

import streamlit as st

from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import section
from dashboard.shapes.survey_setup import CheckedForm
from dashboard.visit import current

FORMATS = {"yaml": "yaml", "yml": "yaml", "xlsx": "xlsx"}


def add_form() -> None:
    """Take a file, show what it is read as or what is wrong with it, and publish it."""
    visit = current()
    t = visit.words
    section(t("forms.add"), note=t("forms.add_note"))
    file = st.file_uploader(t("forms.file"), type=list(FORMATS), max_upload_size=1, width=440)
    if file is None:
        return
    body = {
        "format": FORMATS[file.name.rpartition(".")[2].lower()],
        "content": base64.b64encode(file.getvalue()).decode("ascii"),
    }
    checked = _look(body)
    if checked is None:
        return
    form = checked["form"]
    show("form_checked.html", form=form, items=checked["items"])
    show("form_items.html", form=form)
    if st.button(t("forms.publish"), type="primary"):
        with calm():
            visit.gateway.post("/forms", {**body, "publish": True})
            done("forms.publish_done")


def _look(body: dict[str, str]) -> CheckedForm | None:
    """Return what the gateway reads in a file; None when it is refused, which is said.

    Each run of the page shows the file again: it is sent once.
    """
    seen: dict[str, CheckedForm] = st.session_state.setdefault("checked_forms", {})
    content = body["content"]
    if content not in seen:
        seen.clear()
        with calm():
            answer = current().gateway.post("/forms", {**body, "publish": False})
            if answer:
                seen[content] = cast("CheckedForm", answer)
    return seen.get(content)
