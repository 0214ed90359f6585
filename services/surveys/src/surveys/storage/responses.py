"""Answers: stored in batches, counted in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from surveys.storage.answer_tables import comments, responses

Row = Mapping[str, Any]


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
        statement = (
            insert(responses)
            .on_conflict_do_nothing(index_elements=["submission_id"])
            .returning(responses.c.submission_id)
        )
        ordered = sorted(rows, key=lambda row: row["submission_id"].bytes)
        return set(self._connection.execute(statement, ordered).scalars())

    def add_comments(self, rows: Sequence[Row]) -> None:
        """Insert what people wrote: id, campaign_id, item, day, body, batch_id."""
        if rows:
            self._connection.execute(comments.insert(), list(rows))

    def count(self, campaign_ids: Iterable[UUID]) -> dict[UUID, int]:
        """Return how many answers each campaign has; those without any are left out."""
        query = (
            select(responses.c.campaign_id, func.count())
            .where(responses.c.campaign_id.in_(sorted(set(campaign_ids))))
            .group_by(responses.c.campaign_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}
