"""The way for parents: the form's address and its QR code, to be put on a board or into Zalo."""

from io import BytesIO

import segno
import streamlit as st

from dashboard.markup import show
from dashboard.visit import current


def form_link(slug: str) -> None:
    """Show the address of a campaign's public form, with a QR code to look at and to print."""
    visit = current()
    link = f"{visit.public}/k/{slug}"
    code = segno.make(link, error="m")
    show("form_link.html", link=link, qr=code.svg_data_uri(scale=4, border=2))
    image = BytesIO()
    code.save(image, kind="png", scale=16, border=4)
    st.download_button(
        visit.words("form.qr_download"), image.getvalue(), f"qr-{slug}.png", "image/png"
    )
