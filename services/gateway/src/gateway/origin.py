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
    return request.method in SAFE_METHODS or _told_origin(request, public_url) is True


def is_foreign(request: Request, public_url: str) -> bool:
    """Whether a browser says that another site sent the request: enough where no cookie counts."""
    return _told_origin(request, public_url) is False


def _told_origin(request: Request, public_url: str) -> bool | None:
    """Return whether the request says that it is ours, None when it doesn't say."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is None:
        return None
    return origin == public_url or urlsplit(origin).netloc == request.headers.get("host", "")
