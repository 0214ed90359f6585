"""What came out, for everybody to read (plan, R12): one campaign, and a school's campaigns."""

from typing import Final

from fastapi import Request, Response

from contracts.problems import Problem
from contracts.results import GroupResult, ItemResult, Results
from contracts.rpc import public_results as m
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.campaigns import SLUG
from gateway.rendering import page
from gateway.words import language_of, percentage, say

router = make_router()
# Results are final; a page that was read a moment ago need not be asked for again.
KEPT: Final = "public, max-age=300"


@router.get("/k/{slug}/results", include_in_schema=False)
async def campaign_results(request: Request, ask: Ask, slug: str) -> Response:
    """Show a closed campaign's results; before its closing, that there are none yet."""
    if SLUG.fullmatch(slug) is None:
        raise Problem("surveys.unknown_campaign")
    wanted = m.GetPublicResults(slug=slug)
    told = await ask("surveys", "get_public_results", wanted, m.PublicResults)
    language = language_of(request)
    if told.standing is None or told.results is None:
        return page(
            request,
            "notice.html",
            title=say(language, "page.results.not_yet"),
            text=say(language, "page.results.not_yet_text"),
            school=told.school_title,
            reference=None,
        )
    return page(
        request,
        "results.html",
        cache=KEPT,
        told=told,
        groups=_by_group(told.results),
        percent=lambda value, target=None: percentage(language, value, target),
    )


@router.get("/schools/{school}/results", include_in_schema=False)
async def school_results(request: Request, ask: Ask, school: str) -> Response:
    """Show a school's closed campaigns, newest first."""
    wanted = m.GetSchoolResults(school=school[:60])
    told = await ask("surveys", "get_school_results", wanted, m.SchoolResults)
    language = language_of(request)
    return page(
        request,
        "school_results.html",
        cache=KEPT,
        told=told,
        campaigns=told.items,
        percent=lambda value, target=None: percentage(language, value, target),
    )


def _by_group(results: Results) -> list[tuple[GroupResult, list[ItemResult]]]:
    return [
        (group, [one for one in results.items if one.group == group.group])
        for group in results.groups
    ]
