"""Batches: rows in, rows out, and what a batch brought."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from surveys.domain.batches import Batch
from surveys.storage.answer_tables import comments, demand_reports, responses
from surveys.storage.batch_tables import batch_rows, batches


def _batch(row: RowMapping) -> Batch:
    return Batch(**{str(name): value for name, value in row.items()})


class BatchRepository:
    """The batches of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: Batch) -> bool:
        """Insert; returns False when its id is taken, or its file is in."""
        statement = insert(batches).values(asdict(batch)).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(batches.c.id)).first() is not None

    def save(self, batch: Batch) -> None:
        """Write back a batch that was read with its lock, or is held by its storing."""
        self._connection.execute(
            batches.update().where(batches.c.id == batch.id).values(asdict(batch))
        )

    def find(self, batch_id: UUID, *, lock: bool = False) -> Batch | None:
        """Return a batch, whoever asks."""
        query = select(batches).where(batches.c.id == batch_id)
        # Not the key: a file's answers, which are being stored, refer to it.
        query = query.with_for_update(key_share=True) if lock else query
        row = self._connection.execute(query).mappings().first()
        return _batch(row) if row else None

    def same_file(self, batch: Batch) -> Batch | None:
        """Return the batch of the same campaign that has the same file and counts."""
        c = batches.c
        query = select(batches).where(
            c.campaign_id == batch.campaign_id,
            c.digest == batch.digest,
            c.state.in_(("storing", "stored")),
        )
        row = self._connection.execute(query).mappings().first()
        return _batch(row) if row else None

    def of_campaign(self, campaign_id: UUID) -> list[Batch]:
        """Return the batches of a campaign, the newest first."""
        c = batches.c
        query = select(batches).where(c.campaign_id == campaign_id)
        query = query.order_by(c.entered_on.desc(), c.title, c.id)
        return [_batch(row) for row in self._connection.execute(query).mappings()]

    def keep_rows(self, batch_id: UUID, slips: Iterable[dict[str, Any]]) -> None:
        """Keep what a file holds until it is stored."""
        row = {"batch_id": batch_id, "slips": list(slips)}
        self._connection.execute(batch_rows.insert().values(row))

    def next_storing(self) -> tuple[Batch, list[dict[str, Any]]] | None:
        """Return the batch that has waited the longest for its storing, with what it holds."""
        c = batches.c
        query = select(batches).where(c.state == "storing").order_by(c.entered_on, c.id).limit(1)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        held = select(batch_rows.c.slips).where(batch_rows.c.batch_id == row["id"])
        slips: list[dict[str, Any]] = self._connection.execute(held).scalar_one()
        return _batch(row), slips

    def tell_progress(self, batch_id: UUID, answers: int) -> None:
        """Say how many are on their way; in a transaction of its own, so that others see it."""
        done = batches.update().where(batches.c.id == batch_id, batches.c.state == "storing")
        self._connection.execute(done.values(answers=answers))

    def drop_rows(self, batch_id: UUID) -> None:
        """Forget what the file held."""
        self._connection.execute(batch_rows.delete().where(batch_rows.c.batch_id == batch_id))

    def take_back(self, batch_id: UUID) -> tuple[dict[date, int], list[tuple[UUID, bool]]]:
        """Delete what a batch brought.

        Returns day → number of answers, and (report, whether it concerns the head).
        """
        gone = responses.delete().where(responses.c.batch_id == batch_id)
        days = Counter(self._connection.execute(gone.returning(responses.c.day)).scalars())
        self._connection.execute(comments.delete().where(comments.c.batch_id == batch_id))
        d = demand_reports.c
        reports = demand_reports.delete().where(d.batch_id == batch_id)
        rows = self._connection.execute(reports.returning(d.id, d.concerns_head))
        return dict(sorted(days.items())), sorted((row.id, row.concerns_head) for row in rows)
