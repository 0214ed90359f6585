"""What parents wrote in a closed campaign, for the heads of their school: in pages, as a file."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from contracts.rpc.comments import MOST_ON_A_PAGE, Comment, Comments, ListComments
from contracts.rpc.surveys import CampaignDetail, GetCampaign
from contracts.written import Short
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.exports import comments
from gateway.exports.files import FILE, file, name_of
from gateway.spreadsheets import Format
from gateway.words import language_of

router = make_router("/api/v1")

Item = Annotated[str | None, Query(max_length=16)]
Page = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/campaigns/{campaign_id}/comments", tags=["results"])
async def list_comments(
    ask: Ask,
    campaign_id: UUID,
    item: Item = None,
    search: Annotated[Short, Query()] = "",
    page: Page = 1,
) -> Comments:
    """What parents wrote, for the heads of their school; who reads it is on record."""
    wanted = ListComments(campaign_id=campaign_id, item=item, search=search, page=page)
    return await ask("surveys", "list_comments", wanted, Comments)


@router.get(
    "/campaigns/{campaign_id}/comments/file",
    tags=["results"],
    response_class=Response,
    responses=FILE,
)
async def get_comments_file(
    request: Request,
    ask: Ask,
    campaign_id: UUID,
    format: Format = "csv",  # noqa: A002 - the word that a caller writes
) -> Response:
    """All of it as a file: nothing that the pages don't show; who asks is on record."""
    asked = GetCampaign(campaign_id=campaign_id)
    campaign = await ask("surveys", "get_campaign", asked, CampaignDetail)
    found: list[Comment] = []
    page, pages = 0, 1
    while page < pages:
        page += 1
        wanted = ListComments(campaign_id=campaign_id, page=page, size=MOST_ON_A_PAGE)
        told = await ask("surveys", "list_comments", wanted, Comments)
        pages = told.pages
        found += told.items
    tables = comments.tables(language_of(request), campaign, told.asked, found)
    return await file(tables, name_of("y-kien", campaign), format)
