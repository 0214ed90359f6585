"""The way for parents: the form's address and its QR code, for a board, a door or Zalo."""

from functools import partial
from io import BytesIO
from urllib.parse import urlencode

import segno
import streamlit as st

from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.printing.poster import Poster, draw_posters
from dashboard.shapes.surveys import CampaignDetail
from dashboard.visit import current

CLASS = "lop-hoc"


def form_link(campaign: CampaignDetail, classes: list[str]) -> None:
    """Show the address of the public form with its QR code, and posters of it to print.

    With classes there is a link for each, beside that of the school.
    """
    t = current().words
    named = None
    if classes:
        named = st.selectbox(
            t("form.class"),
            [None, *classes],
            format_func=lambda one: one or t("form.whole_school"),
            width=320,
        )
    link = link_of(campaign["slug"], named)
    code = segno.make(link, error="m")
    show("form_link.html", link=link, qr=code.svg_data_uri(scale=4, border=2))
    image = BytesIO()
    code.save(image, kind="png", scale=16, border=4)
    name = f"qr-{campaign['slug']}.png"
    st.download_button(t("form.qr_download"), image.getvalue(), name, "image/png")
    posters = [_poster(campaign, one) for one in (None, *classes)]
    st.download_button(
        t("form.poster"),
        partial(draw_posters, posters),
        f"qr-{campaign['slug']}.pdf",
        "application/pdf",
        help=t("form.poster_note"),
    )


def link_of(slug: str, class_code: str | None, **more: str) -> str:
    """The address of a campaign's public form, for a class."""
    query = ({CLASS: class_code} if class_code else {}) | more
    address = f"{current().public}/k/{slug}"
    return f"{address}?{urlencode(query)}" if query else address


def title_of(campaign: CampaignDetail) -> str:
    """What a campaign is called on paper."""
    visit = current()
    return f"{visit.said(campaign['form_words'])}, {period_name(visit, campaign['period'])}"


def class_line(class_code: str | None) -> str:
    """How paper names a class, "" for the school as a whole."""
    return current().words("print.class", name=class_code) if class_code else ""


def _poster(campaign: CampaignDetail, class_code: str | None) -> Poster:
    visit = current()
    t = visit.words
    until = t("print.until", day=visit.formats.day(campaign["closes_on"]))
    return Poster(
        school=campaign["school_title"],
        title=title_of(campaign),
        class_line=class_line(class_code),
        link=link_of(campaign["slug"], class_code),
        how=(t("print.scan"), until, t("print.anonymous")),
    )
