"""Draws a template of `templates/` into the page; whatever is filled in is escaped."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.visit import Visit, current
from dashboard.words import LANGUAGES

TEMPLATES = Path(__file__).with_name("templates")
STYLE = Path(__file__).with_name("assets") / "style.css"


def show(template: str, **values: object) -> None:
    """Draw a template of the folder, filled with `values` and the tools of `render`.

    One that has nothing to say draws nothing: Streamlit takes no empty HTML.
    """
    html = render(current(), template, **values)
    if html.strip():
        st.html(html)


def render(visit: Visit, template: str, **values: object) -> str:
    """The HTML of a template for one visit.

    Every template knows `t`, `named` and `said` for words, `day`, `moment`, `when`, `number` and
    `percent` for values, and `to` for the address of a page.
    """
    tools = {
        "t": visit.words,
        "named": visit.words.named,
        "said": visit.said,
        "day": visit.formats.day,
        "moment": visit.formats.moment,
        "when": visit.when,
        "number": visit.formats.number,
        "percent": visit.formats.percent,
        "to": lambda page, **query: address(visit, page, query),
    }
    return _environment().get_template(template).render(tools | values)


def address(visit: Visit, page: str, query: Mapping[str, str]) -> str:
    """The address of a page of the dashboard, relative, in the reader's language."""
    language = visit.words.language
    kept = dict(query) | ({} if language == LANGUAGES[0] else {"lang": language})
    return f"{page}?{urlencode(kept)}" if kept else page


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
