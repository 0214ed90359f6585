"""The Word templates of documents: taken home, changed in Word, uploaded as the next version."""

import base64

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.shapes.documents import Template, Templates
from dashboard.shapes.kinds import Kinds
from dashboard.visit import current


def document_templates() -> None:
    """Draw the template in use for each kind; who may, uploads another."""
    visit = current()
    t = visit.words
    if not may(visit.role, "template.add"):
        return
    with st.expander(t("template.title")), calm():
        kinds = visit.gateway.get("/kinds", Kinds)["items"]
        names = {kind["code"]: visit.said(kind["words"]) for kind in kinds}
        used: dict[str, Template] = {}
        for one in visit.gateway.get("/document-templates", Templates)["items"]:
            used.setdefault(one["kind"], one)
        st.caption(t("template.note"))
        files = f"{visit.public}/api/v1/document-templates"
        show("document_templates.html", templates=list(used.values()), names=names, files=files)
        _add(names)


def _add(names: dict[str, str]) -> None:
    visit = current()
    t = visit.words
    with st.form("add_template", border=False, clear_on_submit=True):
        kind = st.selectbox(t("template.kind"), list(names), format_func=lambda code: names[code])
        file = st.file_uploader(t("template.file"), type=["docx"])
        if not st.form_submit_button(t("template.add")) or file is None or kind is None:
            return
        content = base64.b64encode(file.getvalue()).decode("ascii")
        with calm():
            visit.gateway.post(f"/document-templates/{segment(kind)}", {"content": content})
            done("template.add_done")
