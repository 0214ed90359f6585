"""The session's cookie: opaque, out of reach of scripts, gone with the browser."""

from starlette.responses import Response

from gateway.sessions import COOKIE
from gateway.settings import Settings


def set_session(response: Response, token: str, settings: Settings) -> None:
    """Put the session's token into the reader's browser; the dashboard on this host reads it."""
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="lax", secure=settings.secure_cookie, path="/"
    )


def clear_session(response: Response, settings: Settings) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(
        COOKIE, httponly=True, samesite="lax", secure=settings.secure_cookie, path="/"
    )
