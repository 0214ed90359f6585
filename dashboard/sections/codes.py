"""One-time codes: made, printed as slips at once, and kept by nobody."""

from typing import cast

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm
from dashboard.printing.slips import SlipText, draw_slips
from dashboard.sections.form_link import class_line, link_of, title_of
from dashboard.shapes.surveys import CampaignAccess, CampaignDetail
from dashboard.visit import current

CODE = "ma-phieu"
MOST = 1000


def codes_section(campaign: CampaignDetail, access: CampaignAccess) -> None:
    """How many codes were made, and a form to make more of them."""
    t = current().words
    show("code_issues.html", access=access)
    if not may(current().role, "codes.make"):
        return
    with st.form("make_codes", border=False, width=440):
        number = st.number_input(t("codes.number"), min_value=1, max_value=MOST, value=30, step=1)
        class_code = st.selectbox(
            t("form.class"),
            [None, *access["classes"]],
            format_func=lambda one: one or t("form.whole_school"),
        )
        wanted = st.form_submit_button(t("codes.make"))
    if wanted:
        with calm():
            _make(campaign, int(number), class_code)


def _make(campaign: CampaignDetail, number: int, class_code: str | None) -> None:
    """Make codes and offer them to be printed, in this run of the page alone."""
    visit = current()
    t = visit.words
    path = f"/campaigns/{segment(campaign['campaign_id'])}/codes"
    made = visit.gateway.post(path, {"number": number, "class_code": class_code})
    codes = cast("list[str]", made.get("codes", []))
    if not codes:
        show("note.html", words=t("codes.lost"))
        return
    text = SlipText(
        school=campaign["school_title"],
        title=title_of(campaign),
        class_line=class_line(class_code),
        how=t("print.slip_how", day=visit.formats.day(campaign["closes_on"])),
        code_label=t("print.code"),
        privacy=t("print.slip_privacy"),
    )
    slips = draw_slips(
        text, [(code, link_of(campaign["slug"], None, **{CODE: code})) for code in codes]
    )
    show("note.html", words=t("codes.once", count=len(codes)))
    st.download_button(
        t("codes.print"),
        slips,
        f"phieu-ma-{campaign['slug']}.pdf",
        "application/pdf",
        on_click="ignore",
        type="primary",
    )
