"""What people ask about their own data: entered by the office, replied to, carried out in time."""

from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import schools_in_scope
from dashboard.shapes.keeping import DataRequest, DataRequests
from dashboard.visit import current

KINDS = ("access", "correction", "erasure", "objection")
OUTCOMES = ("done", "refused")
LONGEST = 500


def data_requests_section() -> None:
    """Draw the requests, those that wait first; nothing at all for who may not read them."""
    visit = current()
    t = visit.words
    if not may(visit.role, "data_request.read"):
        return
    found = visit.gateway.get("/data-requests", DataRequests)["items"]
    section(t("requests.title"), count=len(found), note=t("requests.note"))
    if found:
        show("data_requests.html", requests=found)
    else:
        nothing(t("requests.none"))
    waiting = [one for one in found if one["ended_on"] is None]
    if may(visit.role, "data_request.answer"):
        for one in waiting:
            if one["replied_on"] is None:
                _reply(one)
        _receive()
    if waiting and may(visit.role, "data_request.end"):
        _end(waiting)


def _reply(one: DataRequest) -> None:
    visit = current()
    words = visit.words("requests.reply", reference=one["reference"])
    if st.button(words, key=f"reply-{one['request_id']}"):
        with calm():
            visit.gateway.post(f"/data-requests/{segment(one['request_id'])}/reply")
            done("requests.reply_done")


def _receive() -> None:
    visit = current()
    t = visit.words
    titles = {one["code"]: one["title"] for one in schools_in_scope(visit)}
    with st.expander(t("requests.receive")), st.form("receive_request", border=False, width=640):
        school = st.selectbox(
            t("school.choose"), list(titles), format_func=lambda c: titles[c], key="request_school"
        )
        kind = st.selectbox(
            t("requests.kind"), KINDS, format_func=lambda one: t.named("requests.of", one)
        )
        reference = st.text_input(
            t("requests.reference"), max_chars=LONGEST, help=t("requests.reference_note")
        )
        received = st.date_input(t("requests.received_on"), None, format="DD/MM/YYYY")
        if not st.form_submit_button(t("requests.receive_now"), type="primary"):
            return
        if not isinstance(received, date) or not reference.strip():
            st.warning(t("requests.say"))
            return
        with calm():
            said = {"school": school, "kind": kind, "reference": reference}
            visit.gateway.post("/data-requests", said | {"received_on": received.isoformat()})
            done("requests.receive_done")


def _end(waiting: list[DataRequest]) -> None:
    visit = current()
    t = visit.words
    names = {one["request_id"]: one["reference"] for one in waiting}
    with st.expander(t("requests.end")), st.form("end_request", border=False, width=640):
        chosen = st.selectbox(t("requests.which"), list(names), format_func=lambda one: names[one])
        outcome = st.radio(
            t("requests.outcome"), OUTCOMES, format_func=lambda one: t.named("requests.state", one)
        )
        note = st.text_area(t("requests.end_note"), max_chars=LONGEST, height=84)
        if not st.form_submit_button(t("requests.end_now")):
            return
        if not note.strip():
            st.warning(t("say.reason"))
            return
        with calm():
            path = f"/data-requests/{segment(chosen)}/end"
            visit.gateway.post(path, {"outcome": outcome, "note": note})
            done("requests.end_done")
