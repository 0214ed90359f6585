"""What parents wrote in a closed campaign, for the heads of their school: reading is recorded."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.sections.erasing import erase_comment
from dashboard.sections.heading import nothing, section
from dashboard.shapes.results import Comments
from dashboard.visit import current

EVERY = ""
LONGEST = 200


def comments_section(campaign_id: str) -> None:
    """Draw one page of comments with what narrows them."""
    visit = current()
    t = visit.words
    if not may(visit.role, "comments.read"):
        return
    section(t("comments.title"), note=t("comments.note"))
    search = st.text_input(t("comments.search"), key="comments_search", max_chars=LONGEST)
    item = st.session_state.get("comments_item") or None
    page = int(st.session_state.get("comments_page") or 1)
    told = visit.gateway.get(
        f"/campaigns/{segment(campaign_id)}/comments",
        Comments,
        item=item,
        search=search or None,
        page=str(page),
    )
    words = {one["code"]: visit.said(one["words"]) for one in told["asked"]}
    st.selectbox(
        t("comments.item"),
        [EVERY, *words],
        format_func=lambda code: words.get(code, t("comments.every")),
        key="comments_item",
        width=440,
    )
    if not told["items"]:
        erased_on = told["erased_on"]
        day = visit.formats.day(erased_on) if erased_on else ""
        nothing(t("comments.erased", day=day) if erased_on else t("comments.none"))
        return
    show("comments.html", comments=told["items"], words=words, found=told["found"])
    erase_comment(campaign_id, told["items"])
    if told["pages"] > 1:
        st.number_input(
            t("comments.page", pages=told["pages"]),
            min_value=1,
            max_value=told["pages"],
            key="comments_page",
            width=200,
        )
