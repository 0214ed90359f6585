"""Other days for a campaign that is not open, or those of the calendar again."""

from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.notices import calm, done
from dashboard.shapes.surveys import CampaignDetail
from dashboard.visit import current


def set_days(campaign: CampaignDetail) -> None:
    """Offer both."""
    visit = current()
    t = visit.words
    path = f"/campaigns/{segment(campaign['campaign_id'])}/days"
    with st.expander(t("campaign.days")), st.form("days", border=False, width=440):
        opens = st.date_input(
            t("campaign.opens_on"), date.fromisoformat(campaign["opens_on"]), format="DD/MM/YYYY"
        )
        closes = st.date_input(
            t("campaign.closes_on"), date.fromisoformat(campaign["closes_on"]), format="DD/MM/YYYY"
        )
        sent = st.form_submit_button(t("campaign.days_now"))
        if sent and isinstance(opens, date) and isinstance(closes, date):
            with calm():
                days = {"opens_on": opens.isoformat(), "closes_on": closes.isoformat()}
                visit.gateway.post(path, days)
                done("campaign.days_done")
    own = campaign["own_days"] and campaign["origin"] == "calendar"
    if own and st.button(t("campaign.days_of_calendar")):
        with calm():
            visit.gateway.post(path, {"opens_on": None, "closes_on": None})
            done("campaign.days_done")
