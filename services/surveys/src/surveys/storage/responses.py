"""Answers: stored in batches, counted in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, func, select, text

from messaging.bulk import as_rows, inserting
from surveys.storage.answer_tables import comments, responses

Row = Mapping[str, Any]
_ADD: Final = text(
    inserting(
        responses,
        "submission_id",
        "campaign_id",
        "day",
        "source",
        "answers",
        "digest",
        "receipt",
        "class_code",
        "batch_id",
    )
    + " ON CONFLICT (submission_id) DO NOTHING RETURNING submission_id"
).columns(responses.c.submission_id)
_ADD_COMMENTS: Final = text(
    inserting(comments, "id", "campaign_id", "item", "day", "body", "batch_id", "search_text")
)


@dataclass(frozen=True)
class Kept:
    """What is known of a submission that is in."""

    digest: bytes
    receipt: str


class ResponseRepository:
    """The answers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def kept(self, submission_ids: Iterable[UUID]) -> dict[UUID, Kept]:
        """Return what is stored under these ids."""
        columns = (responses.c.submission_id, responses.c.digest, responses.c.receipt)
        query = select(*columns).where(responses.c.submission_id.in_(sorted(set(submission_ids))))
        return {
            row.submission_id: Kept(bytes(row.digest), row.receipt)
            for row in self._connection.execute(query)
        }

    def campaign_of(self, receipt: str) -> UUID | None:
        """Return the campaign of an answer, nothing else of it."""
        query = select(responses.c.campaign_id).where(responses.c.receipt == receipt)
        found: UUID | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def add(self, rows: Sequence[Row]) -> set[UUID]:
        """Insert in one statement; returns the ids that were new.

        Waits for another transaction that inserts one of the same ids. Rows go in the order of
        their ids, so that two batches never wait for each other.
        """
        if not rows:
            return set()
        ordered = sorted(rows, key=lambda row: row["submission_id"].bytes)
        return set(self._connection.execute(_ADD, as_rows(ordered)).scalars())

    def add_comments(self, rows: Sequence[Row]) -> None:
        """Insert what people wrote: id, campaign_id, item, day, body, batch_id."""
        if rows:
            self._connection.execute(_ADD_COMMENTS, as_rows(rows))

    def count(self, campaign_ids: Iterable[UUID]) -> dict[UUID, int]:
        """Return how many answers each campaign has; those without any are left out."""
        query = (
            select(responses.c.campaign_id, func.count())
            .where(responses.c.campaign_id.in_(sorted(set(campaign_ids))))
            .group_by(responses.c.campaign_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}
