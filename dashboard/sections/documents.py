"""The official document of a report: drafted, numbered by the clerk, given out as Word and PDF."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.shapes.documents import Document, Documents
from dashboard.shapes.reports import OPEN, ObligationDetail
from dashboard.visit import current


def documents_section(one: ObligationDetail) -> None:
    """Draw the documents of a report; who may, writes and numbers them."""
    visit = current()
    t = visit.words
    path = f"/obligations/{segment(one['obligation_id'])}/documents"
    found = visit.gateway.get(path, Documents)["items"]
    section(t("document.title"), count=len(found), note=t("document.note"))
    if found:
        show("documents.html", documents=found, files=f"{visit.public}/api/v1/documents")
    else:
        nothing(t("document.none"))
    draft = next((document for document in found if document["number"] is None), None)
    approved = one["stage"] == "approved"
    if draft and may(visit.role, "document.number"):
        if approved:
            _number(draft, one)
        else:
            st.caption(t("document.approve_first"))
    if one["state"] in OPEN and not approved and may(visit.role, "document.write"):
        with st.expander(t("document.write"), expanded=draft is not None):
            _write(path, one, found)


def _write(path: str, one: ObligationDetail, found: Sequence[Document]) -> None:
    """The form of a draft; where none is, place and signer are those of the last document."""
    visit = current()
    t = visit.words
    draft = next((document for document in found if document["number"] is None), None)
    before = draft or next(iter(found), None)
    said = [part["text"] for part in draft["sections"]] if draft else [""] * len(one["checklist"])
    with st.form("write_document", border=False):
        place = st.text_input(t("document.place"), before["place"] if before else "", max_chars=200)
        day = st.date_input(t("document.issued_on"), _day(draft), format="DD/MM/YYYY")
        signer = st.text_input(
            t("document.signer"), before["signer"] if before else "", max_chars=200
        )
        deputy = st.checkbox(
            t("document.deputy"), value=before is not None and len(before["signing"]) > 1
        )
        texts = [
            st.text_area(
                f"{number}. {visit.said(part)}", text, max_chars=2000, key=f"text-{number}"
            )
            for number, (part, text) in enumerate(zip(one["checklist"], said, strict=True), 1)
        ]
        if not st.form_submit_button(t("document.write_now")):
            return
        if not (place.strip() and signer.strip() and isinstance(day, date)):
            st.warning(t("say.document"))
            return
        body = {
            "place": place,
            "issued_on": day.isoformat(),
            "signer": signer,
            "deputy": deputy,
            "texts": texts,
        }
        with calm():
            visit.gateway.post(path, body)
            done("document.write_done")


def _number(draft: Document, one: ObligationDetail) -> None:
    visit = current()
    t = visit.words
    with st.form("number_document"):
        st.write(t("document.number_note"))
        number = st.number_input(
            t("document.number"), min_value=1, max_value=99_999, value=None, step=1
        )
        symbol = st.text_input(t("document.symbol"), draft["symbol"], max_chars=40)
        signer = st.text_input(t("document.signer"), _signer(draft, one), max_chars=200)
        day = st.date_input(t("document.issued_on"), _day(draft), format="DD/MM/YYYY")
        if not st.form_submit_button(t("document.number_now"), type="primary"):
            return
        if number is None or not isinstance(day, date):
            st.warning(t("say.number"))
            return
        body = {
            "number": int(number),
            "symbol": symbol,
            "signer": signer,
            "issued_on": day.isoformat(),
        }
        with calm():
            visit.gateway.post(f"/documents/{segment(draft['document_id'])}/number", body)
            done("document.number_done")


def _signer(draft: Document, one: ObligationDetail) -> str:
    """The draft's, unless it was written for the head and a deputy approved, or the reverse."""
    approved = one["preparation"]
    if approved and approved["in_place"] != (len(draft["signing"]) > 1):
        return approved["approved_by"] or ""
    return draft["signer"]


def _day(draft: Document | None) -> date | None:
    return date.fromisoformat(draft["issued_on"]) if draft else None
