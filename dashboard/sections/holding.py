"""What a report has to hold, part by part, as its sender says that it does."""

import streamlit as st

from dashboard.shapes.reports import ObligationDetail
from dashboard.visit import current


def parts_held(one: ObligationDetail, form: str) -> list[int]:
    """Ask for each part of the checklist; return the numbers of those that the report holds.

    What the report's document says is ticked already.
    """
    visit = current()
    if one["checklist"]:
        st.caption(visit.words("report.holds"))
    return [
        number
        for number, part in enumerate(one["checklist"], 1)
        if st.checkbox(
            f"{number}. {visit.said(part)}",
            value=number in one["written"],
            key=f"{form}-holds-{number}",
        )
    ]
