"""Log in, choose one's own first password, log out: as pages."""

from typing import Final

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from contracts.problems import Problem, status_of
from contracts.rpc.accounts import ChangePassword, LoggedIn, Login, Logout
from contracts.rpc.base import Empty
from gateway import origin
from gateway.admission import make_router, token_of
from gateway.asking import asker_of
from gateway.cookies import clear_session, set_session
from gateway.forms import read_fields
from gateway.rendering import page
from gateway.state import state_of
from gateway.words import language_of, say

router = make_router()
# What the person can put right on the same page.
HERE: Final = frozenset(
    {
        "directory.wrong_credentials",
        "directory.blocked",
        "directory.wrong_password",
        "directory.weak_password",
        "request.invalid",
        "service.unavailable",
        "service.failed",
    }
)


@router.get("/login", include_in_schema=False)
async def login_form(request: Request) -> Response:
    """Ask for username and password."""
    return _login_page(request, "", None)


@router.post("/login", include_in_schema=False)
async def login(request: Request) -> Response:
    """Open a session and go on to the dashboard, or to the first change of the password."""
    state = state_of(request)
    if origin.is_foreign(request, state.settings.public_url):
        raise Problem("request.cross_origin")
    fields = await read_fields(request)
    username = fields.get("username", "").strip()[:100]
    try:
        wanted = Login(username=username, password=fields.get("password", "")[:200])
        opened = await asker_of(request)("directory", "login", wanted, LoggedIn)
    except Problem as problem:
        if problem.code not in HERE:
            raise
        return _login_page(request, username, problem)
    way_on = state.settings.dashboard_url
    if opened.account.must_change_password:
        way_on = f"/login/password?lang={language_of(request)}"
    response = RedirectResponse(way_on, status_code=303)
    set_session(response, opened.token, state.settings)
    return response


@router.get("/login/password", include_in_schema=False)
async def password_form(request: Request) -> Response:
    """Ask for a password of one's own."""
    return _password_page(request, None)


@router.post("/login/password", include_in_schema=False)
async def change_password(request: Request) -> Response:
    """Change the password and go on to the dashboard."""
    state = state_of(request)
    fields = await read_fields(request)
    if fields.get("new", "") != fields.get("again", ""):
        sentence = say(language_of(request), "page.password.differ")
        return _password_page(request, sentence, status=422)
    token, _ = token_of(request) or ("", True)
    try:
        wanted = ChangePassword(old=fields.get("old", ""), new=fields.get("new", ""), token=token)
        await asker_of(request)("directory", "change_password", wanted, Empty)
    except Problem as problem:
        if problem.code not in HERE:
            raise
        sentence = say(language_of(request), f"problem.{problem.code}", problem.params)
        return _password_page(request, sentence, status=status_of(problem.code))
    state.sessions.forget(token)
    return RedirectResponse(state.settings.dashboard_url, status_code=303)


@router.get("/logout", include_in_schema=False)
async def logout_form(request: Request) -> Response:
    """Ask for a click: a link alone ends no session."""
    return page(request, "logout.html", cache="no-store")


@router.post("/logout", include_in_schema=False)
async def logout(request: Request) -> Response:
    """End the session on the server and in the browser."""
    state = state_of(request)
    token, _ = token_of(request) or ("", True)
    await asker_of(request)("directory", "logout", Logout(token=token), Empty)
    state.sessions.forget(token)
    response = RedirectResponse(f"/login?lang={language_of(request)}", status_code=303)
    clear_session(response, state.settings)
    return response


def _login_page(request: Request, username: str, problem: Problem | None) -> Response:
    alert = None
    if problem is not None:
        alert = say(language_of(request), f"problem.{problem.code}", problem.params)
    return page(
        request,
        "login.html",
        status=status_of(problem.code) if problem else 200,
        cache="no-store",
        form_target=state_of(request).settings.dashboard_url,
        username=username,
        alert=alert,
    )


def _password_page(request: Request, alert: str | None, status: int = 200) -> Response:
    return page(
        request,
        "password.html",
        status=status,
        cache="no-store",
        form_target=state_of(request).settings.dashboard_url,
        alert=alert,
    )
