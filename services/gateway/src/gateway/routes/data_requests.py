"""Requests of people about their own data, for the office that received them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import data_requests as m
from contracts.written import Said
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")


class Ending(Model):
    """Carried out, or refused; `note`: what was done, or why not. No name of whoever asked."""

    outcome: m.RequestOutcome
    note: Said


@router.get("/data-requests", tags=["data requests"])
async def list_data_requests(
    ask: Ask, school: Annotated[SchoolCode | None, Query()] = None
) -> m.DataRequests:
    """The requests in scope: those that wait first, by what is due next."""
    wanted = m.ListDataRequests(school=school)
    return await ask("surveys", "list_data_requests", wanted, m.DataRequests)


@router.post("/data-requests", tags=["data requests"], status_code=201)
async def receive_data_request(ask: Ask, new: m.DataRequestBody) -> m.DataRequest:
    """Enter a request that the office received; its days are counted from there."""
    wanted = m.ReceiveDataRequest(**dict(new))
    return await ask("surveys", "receive_data_request", wanted, m.DataRequest)


@router.post("/data-requests/{request_id}/reply", tags=["data requests"])
async def reply_to_data_request(ask: Ask, request_id: UUID) -> m.DataRequest:
    """Whoever asked was told what will be done."""
    wanted = m.ReplyToDataRequest(request_id=request_id)
    return await ask("surveys", "reply_to_data_request", wanted, m.DataRequest)


@router.post("/data-requests/{request_id}/end", tags=["data requests"])
async def end_data_request(ask: Ask, request_id: UUID, ending: Ending) -> m.DataRequest:
    """It was carried out, or refused."""
    wanted = m.EndDataRequest(request_id=request_id, outcome=ending.outcome, note=ending.note)
    return await ask("surveys", "end_data_request", wanted, m.DataRequest)
