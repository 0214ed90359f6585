"""Which deputy signs in place of the principal, and until when."""

from datetime import date

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing
from dashboard.shapes.account import Accounts
from dashboard.shapes.reports import SigningAuthorities
from dashboard.visit import current


def signing_in_place(school: str) -> None:
    """List the authorities of a school; its principal gives and ends them."""
    visit = current()
    t = visit.words
    path = f"/schools/{segment(school)}/signing-authorities"
    with st.expander(t("signing.title")), calm():
        found = visit.gateway.get(path, SigningAuthorities)["items"]
        if found:
            show("signing_authorities.html", authorities=found)
        else:
            nothing(t("signing.none"))
        if not may(visit.role, "signing.authorise"):
            return
        for one in found:
            words = t("signing.end", deputy=one["deputy_name"])
            if one["ended_at"] is None and st.button(words, key=f"end-{one['authority_id']}"):
                visit.gateway.post(f"/signing-authorities/{segment(one['authority_id'])}/end")
                done("signing.end_done")
        _authorise(path, school)


def _authorise(path: str, school: str) -> None:
    visit = current()
    t = visit.words
    accounts = visit.gateway.get("/accounts", Accounts)["items"]
    deputies = {
        one["account_id"]: one["display_name"]
        for one in accounts
        if one["role"] == "deputy" and one["unit"] == school and not one["disabled"]
    }
    if not deputies:
        nothing(t("signing.no_deputy"))
        return
    with st.form("authorise", border=False, width=640):
        deputy = st.selectbox(t("signing.deputy"), list(deputies), format_func=deputies.__getitem__)
        left, right = st.columns(2)
        first = left.date_input(t("signing.from"), None, format="DD/MM/YYYY")
        last = right.date_input(t("signing.to"), None, format="DD/MM/YYYY")
        reason = st.text_area(t("signing.reason"), max_chars=500, height=84)
        if not st.form_submit_button(t("signing.give")):
            return
        if not isinstance(first, date) or not isinstance(last, date) or not reason.strip():
            st.warning(t("signing.say"))
            return
        body = {
            "deputy": deputy,
            "deputy_name": deputies[deputy],
            "valid_from": first.isoformat(),
            "valid_to": last.isoformat(),
            "reason": reason,
        }
        visit.gateway.post(path, body)
        done("signing.give_done")
