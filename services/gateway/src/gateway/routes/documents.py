"""Official documents of reports: composed, numbered, downloaded; the templates behind them."""

import base64
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field

from contracts.days import Day
from contracts.model import Model
from contracts.rpc import documents as m
from contracts.rpc.directory import ListUnits, Units
from contracts.written import Long, Short
from gateway.admission import make_router
from gateway.asking import Ask, Asker

router = make_router("/api/v1")

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES: Final[dict[m.FileKind, str]] = {"docx": DOCX, "pdf": "application/pdf"}
KindCode = Annotated[str, Path(max_length=40, examples=["cchc_result"])]
Version = Annotated[int, Path(ge=0, le=1_000_000)]


class Draft(Model):
    """What people say in a document, a text for each of its sections; who signs, where and when.

    `deputy`: a deputy signs in place of the head (KT.).
    """

    place: m.Named
    issued_on: Day
    signer: m.Named
    deputy: bool = False
    texts: Annotated[tuple[Long, ...], Field(max_length=20)] = ()


class RegisterEntry(Model):
    """What stands in the office's register of outgoing documents.

    Without a symbol the proposed one counts, without a signer the one of the draft.
    """

    number: m.Number
    issued_on: Day
    symbol: Short = ""
    signer: Short = ""
    register_of: m.Register = "outgoing"


class TemplateFile(Model):
    """A Word file with fields, its bytes in base64, at most 128 KiB of them."""

    content: m.Content


@router.get("/obligations/{obligation_id}/documents", tags=["documents"])
async def list_documents(ask: Ask, obligation_id: UUID) -> m.Documents:
    """The documents of a report, the newest first."""
    wanted = m.ListDocuments(obligation_id=obligation_id)
    return await ask("reports", "list_documents", wanted, m.Documents)


@router.post("/obligations/{obligation_id}/documents", tags=["documents"])
async def compose_document(ask: Ask, obligation_id: UUID, draft: Draft) -> m.Document:
    """Make the draft of a report's document, or make it anew: figures, letterhead, recipients."""
    titles = await _titles(ask, draft.issued_on)
    wanted = m.ComposeDocument(obligation_id=obligation_id, units=titles, **dict(draft))
    return await ask("reports", "compose_document", wanted, m.Document)


@router.get("/documents/{document_id}", tags=["documents"])
async def get_document(ask: Ask, document_id: UUID) -> m.Document:
    """One document: what it says, its number, whether its PDF is ready."""
    return await ask("reports", "get_document", m.GetDocument(document_id=document_id), m.Document)


@router.post("/documents/{document_id}/number", tags=["documents"])
async def number_document(ask: Ask, document_id: UUID, entry: RegisterEntry) -> m.Document:
    """Issue a draft under the number of the office's register; it never changes afterwards."""
    titles = await _titles(ask, entry.issued_on)
    wanted = m.NumberDocument(document_id=document_id, units=titles, **dict(entry))
    return await ask("reports", "number_document", wanted, m.Document)


@router.get(
    "/documents/{document_id}/file",
    tags=["documents"],
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA_TYPES.values()}}},
)
async def get_document_file(
    ask: Ask,
    document_id: UUID,
    file_format: Annotated[m.FileKind, Query(alias="format")] = "docx",
) -> Response:
    """The document as a Word file, a draft too; the PDF a little after it got its number."""
    wanted = m.GetDocumentFile(document_id=document_id, format=file_format)
    file = await ask("reports", "get_document_file", wanted, m.DocumentFile)
    return _file(file, MEDIA_TYPES[file_format])


@router.get("/document-templates", tags=["documents"])
async def list_templates(ask: Ask) -> m.Templates:
    """The versions of each kind's Word template, the newest first: that one is used."""
    return await ask("reports", "list_templates", m.ListTemplates(), m.Templates)


@router.post("/document-templates/{kind}", tags=["documents"])
async def add_template(ask: Ask, kind: KindCode, file: TemplateFile) -> m.Template:
    """Use a Word template from now on; one with an unknown field is refused with its name."""
    wanted = m.AddTemplate(kind=kind, content=file.content)
    return await ask("reports", "add_template", wanted, m.Template)


@router.get(
    "/document-templates/{kind}/{version}/file",
    tags=["documents"],
    response_class=Response,
    responses={200: {"content": {DOCX: {}}}},
)
async def get_template_file(ask: Ask, kind: KindCode, version: Version) -> Response:
    """A template as a Word file, to change it in Word; version 0 is the shipped one."""
    wanted = m.GetTemplateFile(kind=kind, version=version)
    return _file(await ask("reports", "get_template_file", wanted, m.DocumentFile), DOCX)


async def _titles(ask: Asker, day: date) -> m.Titles:
    """Return how the authorities around the caller on a day are called; directory alone knows."""
    units = await ask("directory", "list_units", ListUnits(on=day), Units)
    return {unit.code: unit.title for unit in units.items}


def _file(file: m.DocumentFile, media_type: str) -> Response:
    return Response(
        base64.b64decode(file.content),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )
