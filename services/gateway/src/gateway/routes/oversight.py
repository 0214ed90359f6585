"""The district's side of reports: more time, who has sent what, many reports in one file."""

import asyncio
import base64
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request, Response

from contracts.days import Day
from contracts.model import Model
from contracts.rpc import oversight as m
from contracts.rpc.documents import DocumentFile
from contracts.rpc.obligations import ObligationDetail
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.exports import matrix
from gateway.spreadsheets import MEDIA_TYPES, Format, render
from gateway.words import language_of

router = make_router("/api/v1")

# A file out of hundreds of reports takes its time.
PATIENCE_SECONDS: Final = 60.0
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()}}
}
DOCX: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {WORD: {}}}}
Selection = Annotated[m.GetMatrix, Query()]


class MatrixFile(m.GetMatrix):
    """A part of the matrix, and what kind of file it comes in."""

    format: Format = "csv"


class Extension(Model):
    """Until when, and why."""

    due_on: Day
    reason: Sentence


@router.post("/obligations/{obligation_id}/extend", tags=["reports"])
async def extend_obligation(ask: Ask, obligation_id: UUID, more: Extension) -> ObligationDetail:
    """Give a school until a later working day; the former deadline is kept and shown."""
    wanted = m.ExtendObligation(obligation_id=obligation_id, due_on=more.due_on, reason=more.reason)
    return await ask("reports", "extend_obligation", wanted, ObligationDetail)


@router.get("/report-matrix", tags=["reports"])
async def get_matrix(ask: Ask, wanted: Selection) -> m.Matrix:
    """Who has sent what in a reporting year: a row for each school, a column for each report."""
    return await ask("reports", "get_matrix", wanted, m.Matrix)


@router.get("/report-matrix/file", tags=["reports"], response_class=Response, responses=TABLES)
async def get_matrix_file(
    request: Request, ask: Ask, file: Annotated[MatrixFile, Query()]
) -> Response:
    """The same as a file: for Excel the matrix and a list, as CSV the list alone."""
    wanted = m.GetMatrix(year=file.year, kind=file.kind, period=file.period)
    told = await get_matrix(ask, wanted)
    body = await asyncio.to_thread(render, matrix.tables(language_of(request), told), file.format)
    # Both are names that the service knows: it has answered.
    narrowed = "-".join(one for one in (wanted.period or str(told.year), wanted.kind) if one)
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{narrowed}.{file.format}"'}
    return Response(body, media_type=MEDIA_TYPES[file.format], headers=headers)


@router.get(
    "/report-summaries/{kind}/{period}/file",
    tags=["reports"],
    response_class=Response,
    responses=DOCX,
)
async def get_summary_file(
    ask: Ask,
    kind: Annotated[str, Path(max_length=40, examples=["cchc_result"])],
    period: Annotated[str, Path(max_length=20, examples=["2024-q1"])],
) -> Response:
    """The schools' reports of a kind and period merged into one Word file."""
    wanted = m.GetSummaryFile(kind=kind, period=period)
    patient_ask = ask.patient(PATIENCE_SECONDS)
    made = await patient_ask("reports", "get_summary_file", wanted, DocumentFile)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(base64.b64decode(made.content), media_type=WORD, headers=headers)
