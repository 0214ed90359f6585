"""HTML pages: light, without scripts, readable on a small phone."""

import base64
import hashlib
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from contracts.forms import Words
from gateway.words import LANGUAGES, language_of, say

TEMPLATES: Final = Path(__file__).parent / "templates"
CSS: Final = (TEMPLATES / "style.css").read_text(encoding="utf-8").replace("\n", "")
CSS_HASH: Final = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
# A reload or the back button brings back the same page with the same submission_id.
KEPT: Final = "private, no-cache"
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals["css"] = Markup(CSS)  # noqa: S704 - our own file


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    cache: str = KEPT,
    form_target: str | None = None,
    **context: Any,
) -> HTMLResponse:
    """Return a page in the reader's language.

    `form_target` is another address that a form of the page may lead to (after a login).
    """
    language = language_of(request)
    other = next(one for one in LANGUAGES if one != language)

    def words_of(words: Words) -> str:
        return words.en if language == "en" else words.vi

    switch = None
    if request.method == "GET":
        switch = "?" + urlencode({**request.query_params, "lang": other})
    html = _ENVIRONMENT.get_template(template).render(
        lang=language,
        other=other,
        switch=switch,
        wide=context.pop("wide", False),
        t=lambda key, params=None: say(language, key, params),
        w=words_of,
        **context,
    )
    targets = " ".join(["'self'", *([_origin(form_target)] if form_target else [])])
    policy = (
        f"default-src 'none'; style-src 'sha256-{CSS_HASH}'; form-action {targets}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Cache-Control": cache,
        "Content-Language": language,
        "Content-Security-Policy": policy,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(html, status_code=status, headers=headers)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
