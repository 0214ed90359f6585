"""Answers from paper: typed in line by line, imported from a sheet, undone as a batch."""

import streamlit as st

from dashboard.duties import may
from dashboard.sections.batches import batch_list
from dashboard.sections.heading import section
from dashboard.sections.importing import import_file
from dashboard.sections.typing_in import type_in
from dashboard.shapes.surveys import CampaignDetail
from dashboard.visit import current


def paper_section(campaign: CampaignDetail, classes: list[str]) -> None:
    """What concerns paper on the page of an open campaign."""
    t = current().words
    section(t("paper.title"), note=t("paper.note"))
    if may(current().role, "paper.enter"):
        by_hand, from_file = st.tabs([t("paper.type"), t("paper.import")])
        with by_hand:
            type_in(campaign, classes)
        with from_file:
            import_file(campaign)
    batch_list(campaign, open_=True)
