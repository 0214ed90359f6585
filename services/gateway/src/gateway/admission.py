"""Let a request in or not: who calls, may this role, is the school in scope."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from contracts.problems import Problem
from contracts.rpc.base import PARENT, Call
from gateway import origin
from gateway.access import ACCESS, Rule
from gateway.problems import ProblemBody
from gateway.repeating import command_id_of, takes_key
from gateway.sessions import COOKIE, LONGEST_TOKEN
from gateway.state import state_of


def token_of(request: Request) -> tuple[str, bool] | None:
    """Return the caller's token and whether it came as a cookie; None when there is none."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer.strip():
        return bearer.strip()[:LONGEST_TOKEN], False
    cookie = request.cookies.get(COOKIE)
    return (cookie[:LONGEST_TOKEN], True) if cookie else None


async def admit(request: Request, rule: Rule) -> Call:
    """Return the call of an admitted request.

    Raises `auth.required`, `auth.forbidden`, `auth.password_change_required`,
    `request.cross_origin`, `resource.not_found` for a school out of scope, and `request.invalid`
    for a command's key that is none.
    """
    nobody = Call(actor=PARENT, correlation_id=request.state.correlation_id)
    if rule.scope == "public":
        return nobody
    found = token_of(request)
    if found is None:
        raise Problem("auth.required")
    token, from_cookie = found
    state = state_of(request)
    if from_cookie and not origin.is_ours(request, state.settings.public_url):
        raise Problem("request.cross_origin")
    session = await state.sessions.resolve(token, nobody)
    if session.must_change_password and rule.scope != "account":
        raise Problem("auth.password_change_required")
    if session.actor.role not in rule.roles:
        raise Problem("auth.forbidden")
    school = request.path_params.get("school")
    if school is not None and not session.actor.may_see(school):
        raise Problem("resource.not_found")
    keyed = takes_key(request.method, request.url.path, rule)
    return Call(
        actor=session.actor,
        correlation_id=nobody.correlation_id,
        command_id=command_id_of(request) if keyed else None,
    )


class GuardedRoute(APIRoute):
    """A route that admits before it reads the body, by its line in the route table."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            rule = ACCESS[f"{request.method} {self.path}"]
            request.state.call = await admit(request, rule)
            return await handle(request)

        return guarded


def make_router(prefix: str = "") -> APIRouter:
    """Return a router whose routes are guarded; the only kind that the app takes."""
    return APIRouter(
        prefix=prefix,
        route_class=GuardedRoute,
        responses={"default": {"model": ProblemBody, "description": "A problem"}},
    )
