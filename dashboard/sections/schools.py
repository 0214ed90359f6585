"""Which school a page is about."""

import streamlit as st

from dashboard.shapes.account import School, Schools
from dashboard.visit import Visit, current

ALL = ""


def schools_in_scope(visit: Visit) -> list[School]:
    """The schools that the account may see, in the order in which the gateway lists them."""
    return visit.gateway.get("/schools", Schools)["items"]


def choose_school() -> str | None:
    """The code of the chosen school, None for all; asks only when there is a choice.

    The choice stands in the address, so that a page can be sent on and opened again.
    """
    visit = current()
    schools = schools_in_scope(visit)
    if len(schools) <= 1:
        return schools[0]["code"] if schools else None
    titles = {ALL: visit.words("school.all")} | {s["code"]: s["title"] for s in schools}
    asked = st.query_params.get("school", ALL)
    codes = list(titles)
    chosen = st.selectbox(
        visit.words("school.choose"),
        codes,
        index=codes.index(asked) if asked in titles else 0,
        format_func=lambda code: titles[code],
        width=440,
    )
    if chosen:
        st.query_params["school"] = chosen
    else:
        st.query_params.pop("school", None)
    return chosen or None


def titles_of(visit: Visit) -> dict[str, str]:
    """Code → title of the schools in scope."""
    return {school["code"]: school["title"] for school in schools_in_scope(visit)}
