"""The parents' pages of one campaign: the filter, the questions, the thanks.

No script, no cookie, no account: what was typed and the submission's id travel in the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import Request, Response

from contracts.answers import AnswerError
from contracts.forms import NO, YES
from contracts.problems import Problem, status_of
from contracts.rpc.base import Call
from contracts.rpc.surveys import PublicCampaign
from gateway import answering
from gateway.admission import make_router
from gateway.forms import read_fields
from gateway.pages.entry import CLASS, Entry, read_entry
from gateway.pages.sheet import DemandFields, Sheet, read_sheet, shown_groups
from gateway.rendering import page
from gateway.state import state_of
from gateway.words import language_of, say

router = make_router()
LEVELS: Final = (1, 2, 3, 4, 5)
# After these the answers may be sent again as they are.
RESEND: Final = frozenset({"surveys.uncertain", "service.unavailable", "service.failed"})
CODE_WRONG: Final = frozenset({"surveys.code_required", "surveys.code_refused"})


@router.get("/k/{slug}", include_in_schema=False)
async def begin(request: Request, slug: str) -> Response:
    """Show the introduction with the filter, or the questions of a form that has none.

    Whether a code was used is decided when the answers come: who looks only learns nothing.
    """
    campaign = await state_of(request).campaigns.get(slug, request.state.call)
    if campaign.state != "open":
        return _not_open(request, campaign)
    entry = read_entry(campaign, request.query_params)
    if campaign.access == "codes" and entry.code is None:
        status = 422 if entry.typed else 200
        return page(request, "code.html", status=status, campaign=campaign, entry=entry)
    if campaign.form.filter is None:
        return _questions(request, campaign, uuid4(), entry, answers={})
    return page(request, "filter.html", campaign=campaign, entry=entry, missing=False)


@router.get("/k/{slug}/questions", include_in_schema=False)
async def ask(request: Request, slug: str) -> Response:
    """Show the questions that the answer to the filter leaves."""
    campaign = await state_of(request).campaigns.get(slug, request.state.call)
    if campaign.state != "open":
        return _not_open(request, campaign)
    entry = read_entry(campaign, request.query_params)
    answers: dict[str, str | int] = {}
    if campaign.form.filter is not None:
        code = campaign.form.filter.code
        answer = request.query_params.get(code, "")
        if answer not in {YES, NO}:
            return page(
                request, "filter.html", status=422, campaign=campaign, entry=entry, missing=True
            )
        answers[code] = answer
    return _questions(request, campaign, uuid4(), entry, answers=answers)


@router.post("/k/{slug}", include_in_schema=False)
async def send(request: Request, slug: str) -> Response:
    """Take the answers; the same page sent twice is stored once and shows the same receipt."""
    fields = await read_fields(request)
    state, call = state_of(request), request.state.call
    try:
        campaign = await state.campaigns.get(slug, call)
        sheet = read_sheet(campaign.form, fields)
        return await _send(request, call, campaign, sheet, read_entry(campaign, fields))
    except Problem as problem:
        if problem.code in RESEND:
            return _resend(request, slug, fields, problem)
        raise


async def _send(
    request: Request, call: Call, campaign: PublicCampaign, sheet: Sheet, entry: Entry
) -> Response:
    if sheet.submission_id is None:
        return _again(request, campaign, sheet, entry, Problem("request.invalid", fields=[]))
    if sheet.errors:
        return _again(request, campaign, sheet, entry, _invalid(sheet.errors))
    try:
        outcome = await answering.submit(
            state_of(request),
            call,
            slug=campaign.slug,
            submission_id=sheet.submission_id,
            answers=sheet.answers,
            demand=sheet.demand,
            source="web",
            class_code=entry.class_code,
            code=entry.typed or None,
        )
    except Problem as problem:
        if problem.code == "surveys.answers_invalid" or problem.code in CODE_WRONG:
            return _again(request, campaign, sheet, entry, problem)
        if problem.code == "surveys.submission_differs":
            another = replace(sheet, submission_id=None)
            return _again(request, campaign, another, entry, problem)
        raise
    same = {"lang": language_of(request)} | ({CLASS: entry.class_code} if entry.class_code else {})
    return page(
        request,
        "thanks.html",
        cache="no-store",
        school=campaign.school_title,
        another=f"/k/{campaign.slug}?{urlencode(same)}",
        receipt=outcome.receipt,
    )


def _invalid(errors: Iterable[AnswerError]) -> Problem:
    return Problem("surveys.answers_invalid", errors=[error.model_dump() for error in errors])


def _questions(
    request: Request,
    campaign: PublicCampaign,
    submission_id: UUID,
    entry: Entry,
    *,
    answers: Mapping[str, str | int],
    typed: DemandFields | None = None,
    errors: Iterable[AnswerError] = (),
    alert: str | None = None,
    code_wrong: str | None = None,
    status: int = 200,
) -> Response:
    language = language_of(request)
    context: dict[str, Any] = {
        "campaign": campaign,
        "groups": shown_groups(campaign.form, answers),
        "levels": {str(n): say(language, f"level.{n}") for n in LEVELS},
        "answers": answers,
        "demand": typed or DemandFields(),
        "errors": {error.item: error.code for error in errors},
        "titles": {item.code: item.words for _, item in campaign.form.placed_items()},
        "alert": alert,
        "submission_id": submission_id,
        "entry": entry,
        "code_wrong": code_wrong,
    }
    return page(request, "questions.html", status=status, **context)


def _again(
    request: Request, campaign: PublicCampaign, sheet: Sheet, entry: Entry, problem: Problem
) -> Response:
    """Show the questions with everything that was typed and what is wrong.

    A sheet without a usable id gets a fresh one: it is another submission.
    """
    return _questions(
        request,
        campaign,
        sheet.submission_id or uuid4(),
        entry,
        answers=sheet.answers,
        typed=sheet.typed,
        errors=[AnswerError.model_validate(one) for one in problem.params.get("errors", ())],
        alert=say(language_of(request), f"page.campaign.{problem.code}"),
        code_wrong=problem.code if problem.code in CODE_WRONG else None,
        status=status_of(problem.code),
    )


def _resend(request: Request, slug: str, fields: Mapping[str, str], problem: Problem) -> Response:
    """Keep everything that was typed behind one button."""
    language = language_of(request)
    kind = "uncertain" if problem.code == "surveys.uncertain" else "unavailable"
    response = page(
        request,
        "resend.html",
        status=503,
        cache="no-store",
        alert=say(language, f"page.resend.{kind}"),
        text=say(language, f"page.resend.{kind}_text"),
        slug=slug,
        fields=fields,
        reference=request.state.correlation_id,
    )
    response.headers["Retry-After"] = "5"
    return response


def _not_open(request: Request, campaign: PublicCampaign) -> Response:
    days = {"opens_on": campaign.opens_on, "closes_on": campaign.closes_on}
    language = language_of(request)
    return page(
        request,
        "not_open.html",
        title=say(language, f"page.campaign.{campaign.state}", days),
        text=say(language, f"page.campaign.{campaign.state}_text", days),
        campaign=campaign,
    )
