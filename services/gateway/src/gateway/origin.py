"""Requests that other sites make a browser send (CSRF)."""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(request: Request, public_url: str) -> bool:
    """Whether a browser sent the request from one of our own pages.

    A cookie counts only with this proof: `Sec-Fetch-Site`, else `Origin`. Bearer tokens need none,
    because no browser adds them by itself.
    """
    if request.method in SAFE_METHODS:
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is None:
        return False
    return origin == public_url or urlsplit(origin).netloc == request.headers.get("host", "")
