"""Answers: stored in batches, counted in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.postgresql import insert

from surveys.storage.answer_tables import comments, responses, result_counts

Row = Mapping[str, Any]

# jsonb_each_text gives each level, percentage and word as text, which is how counts are keyed.
_COUNT = text("""
    INSERT INTO result_counts (campaign_id, source, item, answer, number)
    SELECT r.campaign_id, r.source, a.key, a.value, count(*)
    FROM responses r CROSS JOIN jsonb_each_text(r.answers) a
    WHERE r.campaign_id = :campaign_id
    GROUP BY r.campaign_id, r.source, a.key, a.value
""")


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

    def count_results(self, campaign_id: UUID) -> None:
        """Count all answers of a campaign anew into `result_counts`."""
        self._connection.execute(
            result_counts.delete().where(result_counts.c.campaign_id == campaign_id)
        )
        self._connection.execute(_COUNT, {"campaign_id": campaign_id})

    def results(self, campaign_ids: Iterable[UUID]) -> dict[UUID, dict[tuple[str, str], int]]:
        """Return campaign → (item, answer) → how many, of all sources together."""
        c = result_counts.c
        query = (
            select(c.campaign_id, c.item, c.answer, func.sum(c.number))
            .where(c.campaign_id.in_(sorted(set(campaign_ids))))
            .group_by(c.campaign_id, c.item, c.answer)
        )
        found: dict[UUID, dict[tuple[str, str], int]] = {}
        for campaign_id, item, answer, number in self._connection.execute(query):
            found.setdefault(campaign_id, {})[item, answer] = int(number)
        return found
