"""What follows when a campaign closes below its target: a task, or a proposed inspection."""

import streamlit as st

from dashboard.client import segment
from dashboard.notices import calm, done
from dashboard.shapes.survey_setup import TriggerRule
from dashboard.visit import current

ACTIONS = ("improvement_task", "propose_inspection")
LONGEST = 250


def change_below_target(rule: TriggerRule) -> None:
    """Offer both, with the working days until it has to be done or ordered."""
    visit = current()
    t = visit.words
    key = rule["code"]
    with (
        st.expander(t("below.change", rule=visit.said(rule["words"]))),
        st.form(f"below-{key}", border=False, width=440),
    ):
        action = st.radio(
            t("below.what"),
            ACTIONS,
            index=ACTIONS.index(rule["action"]),
            format_func=lambda one: t.named("below.action", one),
            key=f"below-action-{key}",
        )
        days = st.number_input(
            t("below.days"), 1, LONGEST, rule["working_days"], key=f"below-days-{key}"
        )
        if not st.form_submit_button(t("below.save")):
            return
        with calm():
            path = f"/trigger-rules/{segment(key)}"
            visit.gateway.put(path, {"action": action, "working_days": days})
            done("below.saved")
