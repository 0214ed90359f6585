"""The signed report that went through the e-office: its file, and when."""

from base64 import b64encode
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.client import segment
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.holding import parts_held
from dashboard.shapes.reports import ObligationDetail
from dashboard.visit import current

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PDF = "application/pdf"
SENDING_SECONDS = 30.0


def sent_by_e_office(path: str, one: ObligationDetail) -> None:
    """Take the signed file and the moment at which the e-office sent it."""
    visit = current()
    t = visit.words
    with st.expander(t("e_office.sent")), st.form("e_office", border=False, width=640):
        st.caption(t("e_office.note"))
        file = st.file_uploader(t("e_office.file"), type=["pdf"])
        left, right = st.columns(2)
        day = left.date_input(t("e_office.day"), None, format="DD/MM/YYYY")
        hour = right.time_input(t("e_office.time"), None, step=60)
        holds = parts_held(one, "e_office")
        if not st.form_submit_button(t("e_office.record"), type="primary"):
            return
        if file is None or not isinstance(day, date) or hour is None:
            st.warning(t("e_office.say"))
            return
        body = {
            "sent_at": datetime.combine(day, hour, VIETNAM).isoformat(),
            "file_name": file.name,
            "content": b64encode(file.getvalue()).decode("ascii"),
            "holds": holds,
        }
        with calm():
            visit.gateway.post(f"{path}/e-office", body, seconds=SENDING_SECONDS)
            done("e_office.done")


def signed_files(one: ObligationDetail) -> None:
    """Offer the signed file of each submission that has one."""
    visit = current()
    for sent in one["submitted"]:
        file = sent["signed_file"]
        if file is None:
            continue
        show("signed_file.html", file=file)
        path = f"/obligations/{segment(one['obligation_id'])}/signed-files/{sent['number']}"
        st.download_button(
            visit.words("e_office.download"),
            partial(visit.gateway.file, path),
            file["file_name"],
            PDF,
            on_click="ignore",
            key=f"signed-{sent['number']}",
        )
