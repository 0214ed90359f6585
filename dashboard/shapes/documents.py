"""Official documents and their templates, as the gateway tells of them."""

from typing import TypedDict


class DocumentSection(TypedDict):
    """A part of a document: what the service filled in, and what people wrote."""

    heading: str
    text: str
    figures: list[str]


class Document(TypedDict):
    """A document of a report; a draft has no number. `pdf` says where its PDF stands."""

    document_id: str
    number: int | None
    symbol: str
    issued_on: str
    place: str
    authority: str
    issuer: str
    subject: str
    sections: list[DocumentSection]
    signing: list[str]
    signer: str
    recipients: list[str]
    pdf: str
    made_by: str
    numbered_by: str | None


class Documents(TypedDict):
    """The documents of a report, the newest first."""

    items: list[Document]


class Template(TypedDict):
    """A version of a kind's Word template; version 0 is the shipped one."""

    kind: str
    version: int
    uploaded_at: str | None
    uploaded_by: str | None


class Templates(TypedDict):
    """The versions by kind, the newest first."""

    items: list[Template]
