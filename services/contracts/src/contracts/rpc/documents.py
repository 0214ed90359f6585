"""Official documents of reports: composed, numbered by the clerk, given out as Word and PDF."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints

from contracts.days import Day
from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Long, Short

declare(
    {
        "reports.superior_unnamed": 409,  # the letterhead's authority has no name; params: unit
        "reports.document_numbered": 409,  # it is issued and stays; params: number
        "reports.document_changed": 409,  # somebody composed it anew meanwhile
        "reports.document_unnumbered": 409,  # there is no PDF before it has its number
        "reports.number_taken": 409,  # params: number, year
        "reports.symbol_malformed": 422,  # params: symbol
        "reports.pdf_not_ready": 409,  # params: state
        # params: why, field (of an unknown field its name, of a layout fault the element)
        "reports.template_refused": 422,
    }
)

# Why a template is refused, as `why` of `reports.template_refused`; each has its words.
TemplateFault = Literal[
    "not_a_document",
    "too_large",
    "active_content",
    "field_syntax",
    "unknown_field",
    "construct",
    "layout",
]
FileKind = Literal["docx", "pdf"]
# Where the PDF of an issued document stands; "none" before it has its number.
PdfState = Literal["none", "waiting", "converting", "ready", "failed"]
Register = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Number = Annotated[StrictInt, Field(ge=1, le=99_999)]
TemplateVersion = Annotated[int, Field(ge=0, le=1_000_000)]
KindCode = Annotated[str, StringConstraints(max_length=40)]
# A template has some tens of kilobytes: its file travels with the command, in base64.
Content = Annotated[str, StringConstraints(max_length=180 * 1024)]


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError("the text is empty")
    return text


Named = Annotated[Short, AfterValidator(_not_empty)]
# Titles of authorities by their code, which the gateway asks of the directory.
Titles = dict[UnitCode, str]


class DocumentSection(Model):
    """A part of the body; a paragraph a line. `figures` are those that the service filled in."""

    heading: Named
    text: Long = ""
    figures: tuple[str, ...] = ()


class Document(Model):
    """A document of a report. `number` is None until the clerk entered it; then nothing changes.

    `signing` are the lines over the signature, `recipients` whole lines. `register` is the book of
    outgoing documents in which the number stands.
    """

    document_id: UUID
    obligation_id: UUID
    school: SchoolCode
    kind: str
    number: int | None
    symbol: str
    register_of: str
    issued_on: date
    place: str
    authority: str
    issuer: str
    subject: str
    sections: tuple[DocumentSection, ...]
    signing: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    template_version: int
    pdf: PdfState
    made_at: datetime
    made_by: str
    numbered_at: datetime | None
    numbered_by: str | None
    version: int


class Documents(Model):
    """The documents of a report, the newest first."""

    items: tuple[Document, ...]


class ListDocuments(Request):
    """`list_documents` of an obligation; drafts are told inside the school alone.

    Raises `resource.not_found`.
    """

    obligation_id: UUID


class GetDocument(Request):
    """`get_document` → `Document`. Raises `resource.not_found`."""

    document_id: UUID


class ComposeDocument(Request):
    """`compose_document` → `Document`: make the draft of a report's document, or make it anew.

    It has a section for each part of the kind's checklist, with the figures of the report's draft
    and `texts`, what people say in each. Letterhead and recipients are taken as of `issued_on`;
    without a deputy the head signs, a deputy signs in place (KT.). Raises `resource.not_found`,
    `reports.already_submitted`, `reports.exempted`, `reports.draft_closed`,
    `reports.superior_unnamed`.
    """

    obligation_id: UUID
    place: Named
    issued_on: Day
    signer: Named
    deputy: StrictBool = False
    texts: Annotated[tuple[Long, ...], Field(max_length=20)] = ()
    units: Titles


class NumberDocument(Request):
    """`number_document` → `Document`: issue it under the number of the office's register.

    The report is approved: its figures stand still, and whoever approved it signs, a deputy in
    place (KT.). Letterhead and recipients are taken anew, as of `issued_on`; without a `signer` the
    draft's stays, or it is whoever approved where the draft says another office. Raises
    `resource.not_found`, `reports.not_approved`, `reports.incomplete`,
    `reports.document_numbered`, `reports.document_changed`, `reports.number_taken`,
    `reports.symbol_malformed`, `reports.superior_unnamed`.
    """

    document_id: UUID
    number: Number
    issued_on: Day
    symbol: Short = ""
    signer: Short = ""
    register_of: Register = "outgoing"
    units: Titles


class GetDocumentFile(Request):
    """`get_document_file` → `DocumentFile`.

    Raises `resource.not_found`, `reports.document_unnumbered`, `reports.pdf_not_ready`.
    """

    document_id: UUID
    format: FileKind


class DocumentFile(Model):
    """A file in base64."""

    name: str
    content: str


class Template(Model):
    """A version of a kind's template; version 0 is the one that is shipped."""

    kind: str
    version: int
    uploaded_at: datetime | None
    uploaded_by: str | None


class Templates(Model):
    """The versions by kind, the newest first: that one is used."""

    items: tuple[Template, ...]


class ListTemplates(Request):
    """`list_templates`."""


class AddTemplate(Request):
    """`add_template` → `Template`: a Word file with fields, used from now on for its kind.

    `content` is the file in base64, at most 128 KiB of it. Raises `resource.not_found`,
    `reports.template_refused`.
    """

    kind: KindCode
    content: Content


class GetTemplateFile(Request):
    """`get_template_file` → `DocumentFile`. Raises `resource.not_found`."""

    kind: KindCode
    version: TemplateVersion
