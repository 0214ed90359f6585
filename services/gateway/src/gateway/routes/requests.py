"""Ad-hoc requests of the district to schools, and a school's collections from its teams."""

import asyncio
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import requests as m
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask, Asker
from gateway.exports import answers, answers_document, reminder
from gateway.spreadsheets import MEDIA_TYPES, render
from gateway.words import Language, language_of

router = make_router("/api/v1")

School = Annotated[SchoolCode | None, Query()]
Values = Annotated[dict[m.FieldCode, m.Value], Field(max_length=40)]
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA_TYPES["xlsx"]: {}, answers_document.MEDIA_TYPE: {}}}
}


class SchoolAnswer(Model):
    """What a school answers."""

    school: SchoolCode
    values: Values


class TeamAnswer(Model):
    """What a team of a school answers."""

    school: SchoolCode
    team: m.Name
    values: Values


class Closing(Model):
    """Why nothing is to be answered any more."""

    reason: Sentence


class Reminder(Model):
    """A text that is ready to be pasted into a chat, and how many it reminds."""

    words: str
    reminded: int


@router.get("/requests", tags=["requests"])
async def list_requests(ask: Ask, school: School = None) -> m.FigureRequests:
    """The district's requests, open ones first; the numbers count the schools in scope."""
    return await ask("reports", "list_requests", m.ListRequests(school=school), m.FigureRequests)


@router.post("/requests", tags=["requests"], status_code=201)
async def make_request(ask: Ask, new: m.NewRequest) -> m.FigureRequestDetail:
    """Ask schools for figures and text by a day."""
    return await ask("reports", "make_request", m.MakeRequest(**dict(new)), m.FigureRequestDetail)


@router.get("/requests/{request_id}", tags=["requests"])
async def get_request(ask: Ask, request_id: UUID) -> m.FigureRequestDetail:
    """One request with its deadline explained; a school finds its own answer alone."""
    return await _get(ask, request_id, inside=False)


@router.post("/requests/{request_id}/answer", tags=["requests"])
async def answer_request(ask: Ask, request_id: UUID, given: SchoolAnswer) -> m.FigureRequestDetail:
    """Answer for a school, or correct its answer until the request is closed."""
    wanted = m.AnswerRequest(request_id=request_id, school=given.school, values=given.values)
    return await ask("reports", "answer_request", wanted, m.FigureRequestDetail)


@router.post("/requests/{request_id}/close", tags=["requests"])
async def close_request(ask: Ask, request_id: UUID, why: Closing) -> m.FigureRequestDetail:
    """Close a request: who has not answered by now doesn't any more."""
    wanted = m.CloseRequest(request_id=request_id, reason=why.reason)
    return await ask("reports", "close_request", wanted, m.FigureRequestDetail)


@router.get(
    "/requests/{request_id}/file", tags=["requests"], response_class=Response, responses=FILE
)
async def get_request_file(
    request: Request,
    ask: Ask,
    request_id: UUID,
    format: answers_document.Format = "xlsx",  # noqa: A002 - the word that a caller writes
) -> Response:
    """All answers in one file: a sheet for Excel, or a document for Word."""
    told = await _get(ask, request_id, inside=False)
    return await _file(language_of(request), told, format)


@router.get("/requests/{request_id}/reminder", tags=["requests"])
async def get_request_reminder(request: Request, ask: Ask, request_id: UUID) -> Reminder:
    """A reminder of those who have not answered, as a text to paste."""
    told = await _get(ask, request_id, inside=False)
    return _reminder(language_of(request), told, inside=False)


@router.get("/collections", tags=["requests"])
async def list_collections(ask: Ask, school: School = None) -> m.FigureRequests:
    """What the head of a school collects from its teams, open ones first."""
    wanted = m.ListRequests(inside=True, school=school)
    return await ask("reports", "list_requests", wanted, m.FigureRequests)


@router.post("/collections", tags=["requests"], status_code=201)
async def make_collection(ask: Ask, new: m.NewCollection) -> m.FigureRequestDetail:
    """Ask the teams of a school for figures and text by a day."""
    wanted = m.MakeCollection(**dict(new))
    return await ask("reports", "make_collection", wanted, m.FigureRequestDetail)


@router.get("/collections/{collection_id}", tags=["requests"])
async def get_collection(ask: Ask, collection_id: UUID) -> m.FigureRequestDetail:
    """One collection with what the teams said."""
    return await _get(ask, collection_id, inside=True)


@router.post("/collections/{collection_id}/answer", tags=["requests"])
async def answer_collection(
    ask: Ask, collection_id: UUID, given: TeamAnswer
) -> m.FigureRequestDetail:
    """Answer for a team, or correct its answer until the collection is closed."""
    wanted = m.AnswerRequest(
        request_id=collection_id, school=given.school, team=given.team, values=given.values
    )
    return await ask("reports", "answer_request", wanted, m.FigureRequestDetail)


@router.post("/collections/{collection_id}/close", tags=["requests"])
async def close_collection(ask: Ask, collection_id: UUID, why: Closing) -> m.FigureRequestDetail:
    """Close a collection."""
    wanted = m.CloseRequest(request_id=collection_id, inside=True, reason=why.reason)
    return await ask("reports", "close_request", wanted, m.FigureRequestDetail)


@router.get(
    "/collections/{collection_id}/file", tags=["requests"], response_class=Response, responses=FILE
)
async def get_collection_file(
    request: Request,
    ask: Ask,
    collection_id: UUID,
    format: answers_document.Format = "xlsx",  # noqa: A002 - the word that a caller writes
) -> Response:
    """What the teams said in one file."""
    told = await _get(ask, collection_id, inside=True)
    return await _file(language_of(request), told, format)


@router.get("/collections/{collection_id}/reminder", tags=["requests"])
async def get_collection_reminder(request: Request, ask: Ask, collection_id: UUID) -> Reminder:
    """A reminder of the teams that have not answered, as a text to paste."""
    told = await _get(ask, collection_id, inside=True)
    return _reminder(language_of(request), told, inside=True)


async def _get(ask: Asker, request_id: UUID, *, inside: bool) -> m.FigureRequestDetail:
    wanted = m.GetRequest(request_id=request_id, inside=inside)
    return await ask("reports", "get_request", wanted, m.FigureRequestDetail)


def _reminder(language: Language, told: m.FigureRequestDetail, *, inside: bool) -> Reminder:
    waiting = reminder.waiting(told)
    return Reminder(
        words=reminder.text(language, told, waiting, inside=inside), reminded=len(waiting)
    )


async def _file(
    language: Language, told: m.FigureRequestDetail, kind: answers_document.Format
) -> Response:
    """Return the file; it is made beside the loop that serves parents."""
    if kind == "docx":
        body = await asyncio.to_thread(answers_document.render, language, told)
        media_type = answers_document.MEDIA_TYPE
    else:
        body = await asyncio.to_thread(render, answers.tables(language, told), "xlsx")
        media_type = MEDIA_TYPES["xlsx"]
    name = f"tong-hop-{told.due_on:%Y%m%d}-{str(told.request_id)[:8]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
