"""Who may answer a campaign: whoever has the link, or whoever has a slip with a code."""

import streamlit as st

from dashboard.client import segment
from dashboard.notices import calm, done
from dashboard.shapes.surveys import CampaignAccess, CampaignDetail
from dashboard.visit import current

WAYS = ("open", "codes")


def change_access(campaign: CampaignDetail, access: CampaignAccess) -> None:
    """A form that says who may answer, and which classes have links or codes of their own."""
    visit = current()
    t = visit.words
    with st.expander(t("access.change")), st.form("change_access", border=False, width=640):
        way = st.radio(
            t("access.who"),
            WAYS,
            index=WAYS.index(access["access"]),
            format_func=lambda one: t.named("access.way", one),
        )
        written = st.text_input(
            t("access.classes"), value=", ".join(access["classes"]), help=t("access.classes_note")
        )
        if not st.form_submit_button(t("access.save")):
            return
        classes = list(dict.fromkeys(one.strip() for one in written.split(",") if one.strip()))
        with calm():
            path = f"/campaigns/{segment(campaign['campaign_id'])}/access"
            visit.gateway.post(path, {"access": way, "classes": classes})
            done("access.saved")
