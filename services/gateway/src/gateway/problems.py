"""What is wrong, said to the client: RFC 9457 with a stable code and a sentence."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse

from contracts.problems import Problem, status_of
from gateway.layout_faults import layout_fault
from gateway.rendering import page
from gateway.words import Language, language_of, say

log = logging.getLogger(__name__)

BY_STATUS = {
    400: "request.malformed",
    401: "auth.required",
    403: "auth.forbidden",
    404: "resource.not_found",
    405: "request.method_not_allowed",
    413: "request.too_large",
}


class ProblemBody(BaseModel):
    """A problem as clients read it (RFC 9457). Key on `code`; `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    params: dict[str, Any]
    correlation_id: str


def body_of(request: Request, problem: Problem) -> ProblemBody:
    """Return the problem in the reader's language."""
    language = language_of(request)
    status = status_of(problem.code)
    return ProblemBody(
        type=f"urn:kipthoi:problem:{problem.code}",
        title=say(language, f"status.{status}"),
        status=status,
        code=problem.code,
        detail=say(language, f"problem.{problem.code}", _params(language, problem)),
        params=dict(problem.params),
        correlation_id=str(request.state.correlation_id),
    )


def _params(language: Language, problem: Problem) -> Mapping[str, Any]:
    """Return what the sentence is filled with; `why` names a reason that has words of its own."""
    params = problem.params
    if "why" not in params:
        return params
    if "fault" in params:
        params = {**params, "field": layout_fault(language, params)}
    return {**params, "reason": say(language, f"reason.{params['why']}", params)}


def respond(
    request: Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the response that tells a problem: a page to people, else problem+json."""
    body = body_of(request, problem)
    extra = dict(headers or {})
    if body.status == 401:  # noqa: PLR2004 - the status that RFC 9110 asks this header for
        extra["WWW-Authenticate"] = "Bearer"
    if body.status == 503:  # noqa: PLR2004 - the status that says "later"
        extra["Retry-After"] = "5"
    if "retry_after_seconds" in body.params:
        extra["Retry-After"] = str(body.params["retry_after_seconds"])
    if _wants_page(request):
        response = _page(request, body)
        response.headers.update(extra)
        return response
    return JSONResponse(
        body.model_dump(mode="json"),
        status_code=body.status,
        headers=extra,
        media_type="application/problem+json",
    )


def _wants_page(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return not request.url.path.startswith("/api/") and "text/html" in accepted


def _page(request: Request, body: ProblemBody) -> Response:
    way_on = {"auth.required": "/login", "auth.password_change_required": "/login/password"}
    if body.code in way_on:
        target = f"{way_on[body.code]}?lang={language_of(request)}"
        return RedirectResponse(target, status_code=303)
    return page(
        request,
        "notice.html",
        status=body.status,
        cache="no-store",
        title=body.title,
        text=body.detail,
        school=None,
        reference=body.correlation_id,
    )


def fields_of(wrong: RequestValidationError | ValidationError, *within: str) -> list[str]:
    """Return where the input is wrong, as dotted paths `within` these, without their values."""
    places = ((*within, *error["loc"]) for error in wrong.errors())
    return sorted({".".join(str(step)[:40] for step in place) for place in places})


def problem_of_input(wrong: RequestValidationError | ValidationError, *within: str) -> Problem:
    """Return what is wrong with an input: no JSON, or the fields `within` these that are wrong."""
    if any(error["type"] == "json_invalid" for error in wrong.errors()):
        return Problem("request.malformed")
    return Problem("request.invalid", fields=fields_of(wrong, *within))


def install(app: FastAPI) -> None:
    """Make every error of the app a problem."""

    async def on_problem(request: Request, why: Exception) -> Response:
        assert isinstance(why, Problem)
        return respond(request, why)

    async def on_invalid(request: Request, why: Exception) -> Response:
        assert isinstance(why, RequestValidationError | ValidationError)
        return respond(request, problem_of_input(why))

    async def on_http(request: Request, why: Exception) -> Response:
        assert isinstance(why, HTTPException)
        problem = Problem(BY_STATUS.get(why.status_code, "service.failed"))
        return respond(request, problem, why.headers)

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(ValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
