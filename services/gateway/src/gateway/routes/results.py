"""Results of closed campaigns for staff: part by part, over schools, as files."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from contracts.events.surveys import FormKind
from contracts.rpc import results as m
from contracts.rpc.league import GetLeague, League
from contracts.rpc.rows import GetRows, Rows
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.exports import league, results, rows
from gateway.exports.files import FILE, file, name_of
from gateway.spreadsheets import Format
from gateway.words import language_of

router = make_router("/api/v1")

Period = Annotated[str | None, Query(max_length=20, examples=["2024-q1"])]


@router.get("/results", tags=["results"])
async def get_league(ask: Ask, form: FormKind = "tthc", period: Period = None) -> League:
    """A form's results over the schools in scope: pooled, school by school, with the trend."""
    return await ask("surveys", "get_league", GetLeague(form=form, period=period), League)


@router.get("/results/file", tags=["results"], response_class=Response, responses=FILE)
async def get_league_file(
    request: Request,
    ask: Ask,
    form: FormKind = "tthc",
    period: Period = None,
    format: Format = "csv",  # noqa: A002 - the word that a caller writes
) -> Response:
    """The same table as a file."""
    told = await get_league(ask, form, period)
    key = told.period.key if told.period else "0"
    return await file(league.tables(language_of(request), told), f"{form}-{key}", format)


@router.get("/campaigns/{campaign_id}/results", tags=["results"])
async def get_results(ask: Ask, campaign_id: UUID) -> m.CampaignResults:
    """One campaign: whole, by source and class, beside the period before; nothing while open."""
    wanted = m.GetResults(campaign_id=campaign_id)
    return await ask("surveys", "get_results", wanted, m.CampaignResults)


@router.get(
    "/campaigns/{campaign_id}/results/file",
    tags=["results"],
    response_class=Response,
    responses=FILE,
)
async def get_results_file(
    request: Request,
    ask: Ask,
    campaign_id: UUID,
    format: Format = "csv",  # noqa: A002 - the word that a caller writes
) -> Response:
    """The same as a file: a row for each figure."""
    told = await get_results(ask, campaign_id)
    name = name_of("ket-qua", told.campaign)
    return await file(results.tables(language_of(request), told), name, format)


@router.get("/campaigns/{campaign_id}/signals", tags=["results"])
async def get_signals(ask: Ask, campaign_id: UUID) -> m.Signals:
    """What is worth a look in a closed campaign: signs of pressure, never a verdict."""
    wanted = m.GetSignals(campaign_id=campaign_id)
    return await ask("surveys", "get_signals", wanted, m.Signals)


@router.get(
    "/campaigns/{campaign_id}/rows/file",
    tags=["results"],
    response_class=Response,
    responses=FILE,
)
async def get_rows_file(
    request: Request,
    ask: Ask,
    campaign_id: UUID,
    format: Format = "csv",  # noqa: A002 - the word that a caller writes
) -> Response:
    """Anonymous rows of a closed campaign as a file: nobody's sheet; who asks is on record."""
    told = await ask("surveys", "get_rows", GetRows(campaign_id=campaign_id), Rows)
    name = name_of("phieu-an-danh", told.campaign)
    return await file(rows.tables(language_of(request), told), name, format)
