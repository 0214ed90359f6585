"""Answers from paper, for staff: typed in, imported from a sheet, listed, undone."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import StrictBool

from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc import batches as m
from contracts.rpc.surveys import CampaignDetail, GetCampaign, SubmissionId
from contracts.written import Short
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.slip_template import as_csv, as_xlsx
from gateway.spreadsheets import MEDIA_TYPES, Format
from gateway.state import state_of
from gateway.words import language_of

router = make_router("/api/v1")
# Thousands of rows are checked before the answer.
IMPORT_SECONDS = 60.0


class TypedSlips(Model):
    """Slips that were typed in. Who types makes the batch's id and keeps it for the next ones."""

    batch_id: SubmissionId
    title: Short = ""
    slips: tuple[m.Slip, ...]


class SheetFile(Model):
    """A filled-in template, .xlsx or .csv (UTF-8), its bytes in base64.

    `again`: these are other slips than those of the same file that is in already.
    """

    file_name: Short
    content: str
    again: StrictBool = False


@router.get("/campaigns/{campaign_id}/batches", tags=["surveys"])
async def list_batches(ask: Ask, campaign_id: UUID) -> m.Batches:
    """The batches of answers from paper, the newest first."""
    wanted = m.ListBatches(campaign_id=campaign_id)
    return await ask("surveys", "list_batches", wanted, m.Batches)


@router.post("/campaigns/{campaign_id}/slips", tags=["surveys"])
async def enter_slips(ask: Ask, campaign_id: UUID, typed: TypedSlips) -> m.Batch:
    """Store slips that were typed in, all of them or none; a batch grows with each call."""
    wanted = m.EnterSlips(
        campaign_id=campaign_id, batch_id=typed.batch_id, title=typed.title, slips=typed.slips
    )
    return await ask("surveys", "enter_slips", wanted, m.Batch)


@router.post("/campaigns/{campaign_id}/imports", tags=["surveys"], status_code=202)
async def import_sheet(ask: Ask, campaign_id: UUID, file: SheetFile) -> m.Batch:
    """Take a sheet whose every row is right; how far its storing is tells the batch."""
    if not file.content:
        raise Problem("surveys.no_rows")
    wanted = m.ImportSheet(
        campaign_id=campaign_id, file_name=file.file_name, content=file.content, again=file.again
    )
    patient_ask = ask.patient(IMPORT_SECONDS)
    return await patient_ask("surveys", "import_sheet", wanted, m.Batch)


@router.get(
    "/campaigns/{campaign_id}/template",
    tags=["surveys"],
    response_class=Response,
    responses={
        200: {
            "content": {kind: {} for kind in MEDIA_TYPES.values()},
            "description": "The sheet to fill in",
        }
    },
)
async def get_template(
    request: Request,
    ask: Ask,
    campaign_id: UUID,
    form: Annotated[Format, Query(alias="format")] = "xlsx",
) -> Response:
    """The sheet to fill in: one row a slip, one column an item; its second page says how."""
    asked = GetCampaign(campaign_id=campaign_id)
    found = await ask("surveys", "get_campaign", asked, CampaignDetail)
    campaign = await state_of(request).campaigns.get(found.slug, request.state.call)
    name = f"phieu-{found.form}-{found.period.key}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    make = as_csv if form == "csv" else as_xlsx
    data = await asyncio.to_thread(make, campaign, language_of(request))
    return Response(data, media_type=MEDIA_TYPES[form], headers=headers)


@router.get("/batches/{batch_id}", tags=["surveys"])
async def get_batch(ask: Ask, batch_id: UUID) -> m.Batch:
    """One batch: how far its storing is."""
    return await ask("surveys", "get_batch", m.GetBatch(batch_id=batch_id), m.Batch)


@router.post("/batches/{batch_id}/undo", tags=["surveys"])
async def undo_batch(ask: Ask, batch_id: UUID) -> m.Batch:
    """Take back all that a batch brought, while its campaign takes answers."""
    return await ask("surveys", "undo_batch", m.UndoBatch(batch_id=batch_id), m.Batch)
