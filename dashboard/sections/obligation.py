"""One report: until when it is due and why, what was done, what can be done now."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.notices import calm, done
from dashboard.sections.asking import with_reason
from dashboard.sections.documents import documents_section
from dashboard.sections.draft import draft_figures
from dashboard.sections.e_office import sent_by_e_office, signed_files
from dashboard.sections.extending import extend
from dashboard.sections.heading import page_head, section
from dashboard.sections.holding import parts_held
from dashboard.sections.preparing import preparation
from dashboard.shapes.reports import OPEN, WAITING, ObligationDetail
from dashboard.visit import current

WITH_AUTHORITY = frozenset({"submitted_on_time", "submitted_late", "resubmitted"})


def obligation_page(obligation_id: str) -> None:
    """Draw the page of one report."""
    visit = current()
    t = visit.words
    path = f"/obligations/{segment(obligation_id)}"
    one = visit.gateway.get(path, ObligationDetail)
    page_head(
        f"{visit.said(one['kind_words'])}, {period_name(visit, one['period'])}",
        kicker=one["school_title"],
    )
    show("obligation_head.html", one=one, traced=may(visit.role, "matter.trace"))
    section(t("report.deadline"))
    show("deadline.html", one=one)
    show("report_contents.html", one=one)
    if may(visit.role, "report.prepare"):
        draft_figures(path, one)
    documents_section(one)
    _act(path, one)
    if may(visit.role, "signed_file.read"):
        signed_files(one)
    section(t("page.history"))
    show("obligation_history.html", history=one["history"])


def _act(path: str, one: ObligationDetail) -> None:
    visit = current()
    role, t = visit.role, visit.words
    if one["state"] in OPEN and may(role, "report.prepare"):
        preparation(path, one)
    if one["state"] in OPEN and may(role, "report.submit"):
        section(t("report.submit"), note=t("report.submit_note"))
        if not one["period_over"]:
            day = visit.formats.day(one["period"]["ends_on"])
            show("caution.html", words=t("report.period_open", day=day))
        if role == "principal" or one["stage"] == "approved":
            _submit(path, one)
        sent_by_e_office(path, one)
    if one["state"] in WITH_AUTHORITY and may(role, "report.withdraw"):
        with st.expander(t("report.withdraw")):
            if with_reason(path, "withdraw", t("report.withdraw"), t("report.withdraw_reason")):
                done("report.withdraw_done")
    if may(role, "report.judge"):
        _judge(path, one)


def _judge(path: str, one: ObligationDetail) -> None:
    t = current().words
    if one["state"] in WITH_AUTHORITY:
        section(t("report.judge"))
        receive, give_back = st.columns(2, gap="large")
        with receive:
            _receive(path)
        with give_back:
            if with_reason(path, "return", t("report.return"), t("report.return_reason")):
                done("report.return_done")
    if one["state"] in WAITING:
        extend(path)
    if one["state"] in OPEN:
        with st.expander(t("report.exempt")):
            if with_reason(path, "exempt", t("report.exempt"), t("report.exempt_reason")):
                done("report.exempt_done")


def _submit(path: str, one: ObligationDetail) -> None:
    visit = current()
    t = visit.words
    with st.form("submit", border=False):
        holds = parts_held(one, "submit")
        note = st.text_area(t("report.submit_remark"), max_chars=500, height=84)
        if not st.form_submit_button(t("report.submit_now"), type="primary"):
            return
        with calm():
            visit.gateway.post(f"{path}/submit", {"note": note, "holds": holds})
            done("report.submit_done")


def _receive(path: str) -> None:
    visit = current()
    t = visit.words
    with st.form("receive"):
        st.write(t("report.receive_note"))
        if not st.form_submit_button(t("report.receive"), type="primary"):
            return
        with calm():
            visit.gateway.post(f"{path}/receive")
            done("report.receive_done")
