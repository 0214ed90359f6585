"""What follows for a parent with a receipt: what the school did, nothing of the answer."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from contracts.problems import Problem, status_of
from contracts.rpc.receipts import (
    GetPublicFollowUp,
    GetPublicReceipt,
    PublicFollowUp,
    PublicReceipt,
)
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.rendering import page

router = make_router()
NOTHING = PublicFollowUp(tasks=(), inspected_on=())


@router.get("/r", include_in_schema=False)
async def look_up(
    request: Request, ask: Ask, receipt: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """Ask for the code, or show what it leads to."""
    if not receipt.strip():
        return page(request, "receipt_asked.html", typed="", unknown=False)
    return await _show(request, ask, receipt)


@router.get("/r/{receipt}", include_in_schema=False)
async def follow(
    request: Request, ask: Ask, receipt: Annotated[str, Path(max_length=40)]
) -> Response:
    """Show what the school did, in plain words."""
    return await _show(request, ask, receipt)


async def _show(request: Request, ask: Ask, receipt: str) -> Response:
    wanted = GetPublicReceipt(receipt=receipt)
    try:
        found = await ask("surveys", "get_public_receipt", wanted, PublicReceipt)
    except Problem as problem:
        if problem.code != "surveys.unknown_receipt":
            raise
        status = status_of(problem.code)
        return page(request, "receipt_asked.html", status=status, typed=receipt, unknown=True)
    return page(request, "receipt.html", found=found, followed=await _followed(ask, found))


async def _followed(ask: Ask, found: PublicReceipt) -> PublicFollowUp:
    """Ask what followed, once the campaign is closed and enough answered to hide among them."""
    if found.responses is None:
        return NOTHING
    wanted = GetPublicFollowUp(campaign_id=found.campaign_id)
    return await ask("inspections", "get_public_follow_up", wanted, PublicFollowUp)
