"""Documents: one draft for an obligation, numbers that are given once, PDFs made one by one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from reports.domain.documents.records import Kept, letter_json, letter_of
from reports.storage.document_tables import TO_CONVERT, documents

_c = documents.c
_FILES = frozenset({"docx", "pdf"})
_COLUMNS = [column for column in documents.c if column.name not in _FILES]
# After so many crashes it is the document's fault.
ATTEMPTS = 3


class NumberTaken(Exception):
    """Another document of the school has this number in this register and year."""


class DocumentRepository:
    """The table `documents` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, document_id: UUID, actor: Actor, *, lock: bool = False) -> Kept | None:
        """Return a document in the actor's scope; `lock` keeps it until the end."""
        query = select(*_COLUMNS).where(_c.document_id == document_id, in_scope(actor, _c.school))
        if lock:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _kept(row)

    def of(self, obligation_id: UUID) -> list[Kept]:
        """Return the documents of an obligation, the newest first."""
        query = select(*_COLUMNS).where(_c.obligation_id == obligation_id)
        rows = self._connection.execute(query.order_by(_c.made_at.desc(), _c.document_id))
        return [_kept(row) for row in rows.mappings()]

    def draft_of(self, obligation_id: UUID) -> Kept | None:
        """Return the draft of an obligation, locked."""
        query = select(*_COLUMNS).where(_c.obligation_id == obligation_id, _c.number.is_(None))
        row = self._connection.execute(query.with_for_update()).mappings().one_or_none()
        return None if row is None else _kept(row)

    def add(self, kept: Kept) -> None:
        """Store a new draft."""
        self._connection.execute(
            insert(documents).values(document_id=kept.document_id, **_row(kept))
        )

    def save(self, kept: Kept) -> None:
        """Store a draft that was made anew."""
        self._connection.execute(
            update(documents).where(_c.document_id == kept.document_id).values(**_row(kept))
        )

    def issue(self, kept: Kept, docx: bytes) -> None:
        """Store a document with its number and its file; raises `NumberTaken`."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(
                    update(documents)
                    .where(_c.document_id == kept.document_id)
                    .values(**_row(kept), docx=docx)
                )
        except IntegrityError as error:
            if "uq_documents_number" not in str(error.orig):
                raise
            raise NumberTaken from None

    def leave(self, obligation_id: UUID, submission: int) -> None:
        """Note that what is issued of a report left its school with a submission."""
        self._connection.execute(
            update(documents)
            .where(
                _c.obligation_id == obligation_id, _c.number.is_not(None), _c.submission.is_(None)
            )
            .values(submission=submission)
        )

    def file(self, document_id: UUID, kind: str) -> bytes | None:
        """Return the Word file or the PDF of an issued document, None while there is none."""
        query = select(_c[kind]).where(_c.document_id == document_id)
        stored = self._connection.execute(query).scalar_one_or_none()
        return None if stored is None else bytes(stored)

    def claim_conversion(self, lease: timedelta) -> tuple[UUID, bytes] | None:
        """Take the next document that needs a PDF; None while another converts, or none waits.

        The caller holds the lock that lets one claim at a time. A claim that is older than `lease`
        is given up: whoever made it is dead. Time is the database's, for the business clock may
        stand still.
        """
        given_up = func.now() - lease
        under_way = select(_c.document_id).where(
            _c.pdf_state == "converting", _c.pdf_claimed_at >= given_up
        )
        if self._connection.execute(under_way.limit(1)).first() is not None:
            return None
        waits = or_(_c.pdf_state == "waiting", _c.pdf_claimed_at < given_up)
        row = self._connection.execute(
            select(_c.document_id, _c.docx, _c.pdf_attempts)
            .where(_c.pdf_state.in_(TO_CONVERT), waits)
            .order_by(_c.pdf_attempts, _c.numbered_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        spent = row.pdf_attempts >= ATTEMPTS
        self._connection.execute(
            update(documents)
            .where(_c.document_id == row.document_id)
            .values(
                pdf_state="failed" if spent else "converting",
                pdf_attempts=_c.pdf_attempts + (0 if spent else 1),
                pdf_claimed_at=func.now(),
            )
        )
        return None if spent else (row.document_id, bytes(row.docx))

    def converted(self, document_id: UUID, pdf: bytes) -> None:
        """Keep the PDF of a document."""
        self._connection.execute(
            update(documents)
            .where(_c.document_id == document_id)
            .values(pdf=pdf, pdf_state="ready", pdf_claimed_at=None)
        )

    def convert_failed_again(self) -> int:
        """Let the PDFs that failed be tried as if for the first time; return how many there are."""
        waiting = (
            update(documents)
            .where(_c.pdf_state == "failed")
            .values(pdf_state="waiting", pdf_attempts=0, pdf_claimed_at=None)
            .returning(_c.document_id)
        )
        return len(self._connection.execute(waiting).all())

    def pdfs(self) -> dict[str, int]:
        """Return how many PDFs wait, are being made, and failed, by state."""
        query = select(_c.pdf_state, func.count()).where(_c.pdf_state.in_((*TO_CONVERT, "failed")))
        rows = self._connection.execute(query.group_by(_c.pdf_state))
        return {row[0]: row[1] for row in rows}

    def not_converted(self, document_id: UUID) -> None:
        """Let a document wait again, or fail when its attempts are spent."""
        spent = _c.pdf_attempts >= ATTEMPTS
        row = self._connection.execute(
            select(spent).where(_c.document_id == document_id)
        ).scalar_one()
        self._connection.execute(
            update(documents)
            .where(_c.document_id == document_id)
            .values(pdf_state="failed" if row else "waiting", pdf_claimed_at=None)
        )


def _row(kept: Kept) -> dict[str, Any]:
    letter = kept.letter
    return {
        "obligation_id": kept.obligation_id,
        "school": kept.school,
        "kind": kept.kind,
        "register_of": kept.register_of,
        "register_year": letter.issued_on.year,
        "number": letter.number,
        "issued_on": letter.issued_on,
        "letter": letter_json(letter),
        "texts": list(kept.texts),
        "deputy": kept.deputy,
        "template_version": kept.template_version,
        "pdf_state": kept.pdf_state,
        "made_at": kept.made_at,
        "made_by": kept.made_by,
        "numbered_at": kept.numbered_at,
        "numbered_by": kept.numbered_by,
        "submission": kept.submission,
        "version": kept.version,
    }


def _kept(row: Mapping[Any, Any]) -> Kept:
    made_at: datetime = row["made_at"]
    return Kept(
        document_id=row["document_id"],
        obligation_id=row["obligation_id"],
        school=row["school"],
        kind=row["kind"],
        register_of=row["register_of"],
        letter=letter_of(row["letter"]),
        texts=tuple(row["texts"]),
        deputy=row["deputy"],
        template_version=row["template_version"],
        pdf_state=row["pdf_state"],
        made_at=made_at,
        made_by=row["made_by"],
        numbered_at=row["numbered_at"],
        numbered_by=row["numbered_by"],
        submission=row["submission"],
        version=row["version"],
    )
