"""The decision about a proposed inspection: an order, or a refusal with its reason."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may_decide
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing
from dashboard.shapes.inspections import InspectionDetail
from dashboard.visit import current


def decide(inspection: InspectionDetail) -> None:
    """Offer the decisions that this account may take, and say who takes the others."""
    visit = current()
    may_order, may_refuse = may_decide(
        visit.role, inspection["handled_at"], escalated=inspection["state"] == "escalated"
    )
    if not may_order:
        nothing(visit.words("inspection.others_decide"))
        return
    order, refuse = st.columns(2, gap="large")
    with order:
        _order(inspection["inspection_id"])
    with refuse:
        if may_refuse:
            _dismiss(inspection["inspection_id"])
        else:
            nothing(visit.words("inspection.superior_refuses"))


def _order(inspection_id: str) -> None:
    visit = current()
    t = visit.words
    with st.form("order"):
        number = st.text_input(t("inspection.decision_number"), max_chars=50)
        st.caption(t("inspection.decision_later"))
        if not st.form_submit_button(t("inspection.order"), type="primary"):
            return
        with calm():
            path = f"/inspections/{segment(inspection_id)}/order"
            visit.gateway.post(path, {"decision_number": number.strip() or None})
            done("inspection.order_done")


def _dismiss(inspection_id: str) -> None:
    visit = current()
    t = visit.words
    with st.form("dismiss"):
        reason = st.text_area(t("inspection.dismiss_reason"), max_chars=2000, height=84)
        if not st.form_submit_button(t("inspection.dismiss")):
            return
        if not reason.strip():
            st.warning(t("say.reason"))
            return
        with calm():
            path = f"/inspections/{segment(inspection_id)}/dismiss"
            visit.gateway.post(path, {"reason": reason})
            done("inspection.dismiss_done")
