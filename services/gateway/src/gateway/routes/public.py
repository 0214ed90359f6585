"""What parents use without an account: a campaign and its answers."""

from typing import Annotated
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field

from contracts.codes import ClassCode
from contracts.model import Model
from contracts.rpc.surveys import Answers, Demand, PublicCampaign, SubmissionId
from gateway import answering
from gateway.admission import make_router
from gateway.hot_route import HotRoute
from gateway.state import state_of

router = make_router("/api/v1/public")


class NewResponse(Model):
    """One person's answers. `submission_id` is random and kept for resends: it counts once.

    `code` is that of a slip, where the campaign asks for one; `class_code` one of its classes.
    """

    submission_id: SubmissionId
    answers: Answers
    demand: Demand | None = None
    class_code: ClassCode | None = None
    code: Annotated[str | None, Field(max_length=40)] = None


class Receipt(Model):
    """The answer is stored; `receipt` is what the parent may write down."""

    receipt: str
    submission_id: UUID


@router.get("/campaigns/{slug}", tags=["public"])
async def get_campaign(request: Request, slug: str) -> PublicCampaign:
    """A campaign with its form."""
    return await state_of(request).campaigns.get(slug, request.state.call)


async def submit_response(
    request: Request, response: Response, slug: str, new: NewResponse
) -> Receipt:
    """Take one person's answers: 201 when stored now, 200 when the same came before."""
    outcome = await answering.submit(
        state_of(request),
        request.state.call,
        slug=slug,
        submission_id=new.submission_id,
        answers=new.answers,
        demand=new.demand,
        source="api",
        class_code=new.class_code,
        code=new.code,
    )
    if outcome.status == "repeated":
        response.status_code = 200
    return Receipt(receipt=outcome.receipt or "", submission_id=outcome.submission_id)


router.add_api_route(
    "/campaigns/{slug}/responses",
    submit_response,
    methods=["POST"],
    tags=["public"],
    status_code=201,
    route_class_override=HotRoute,
)
