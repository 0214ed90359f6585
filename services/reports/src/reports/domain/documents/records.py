"""A document as it is kept: its letter, who made it, its number in the office's register."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.rpc.documents import PdfState
from reports.domain.documents.letter import Letter, Section


@dataclass(frozen=True)
class Kept:
    """A document without its files. `texts` is what people said, section by section.

    `deputy`: a deputy signs. Nothing changes once it has a number but `submission`: the one with
    which it left its school, None as long as it has not.
    """

    document_id: UUID
    obligation_id: UUID
    school: str
    kind: str
    register_of: str
    letter: Letter
    texts: tuple[str, ...]
    deputy: bool
    template_version: int
    pdf_state: PdfState
    made_at: datetime
    made_by: str
    numbered_at: datetime | None
    numbered_by: str | None
    submission: int | None
    version: int


def letter_json(letter: Letter) -> dict[str, Any]:
    """Return a letter as JSON."""
    return asdict(letter) | {"issued_on": letter.issued_on.isoformat()}


def letter_of(stored: Mapping[str, Any]) -> Letter:
    """Return a letter from its JSON."""
    return Letter(
        **{
            **stored,
            "issued_on": date.fromisoformat(stored["issued_on"]),
            "sections": tuple(
                Section(one["heading"], tuple(one["paragraphs"])) for one in stored["sections"]
            ),
            "signing": tuple(stored["signing"]),
            "recipients": tuple(stored["recipients"]),
        }
    )
