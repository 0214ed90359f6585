"""The signed reports that went through the e-office, kept as they were sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from contracts.rpc.preparing import SignedFile
from reports.storage.preparing_tables import signed_files

_c = signed_files.c


class SignedFileRepository:
    """The table `signed_files` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **values: Any) -> datetime | None:
        """Keep a file; when the school sent it before, keep nothing and return when that was."""
        new = insert(signed_files).values(**values)
        kept = self._connection.execute(
            new.on_conflict_do_nothing(constraint="uq_signed_files_sent_once").returning(_c.number)
        )
        if kept.one_or_none() is not None:
            return None
        same = (_c.school == values["school"]) & (_c.sha256 == values["sha256"])
        before: datetime = self._connection.execute(select(_c.sent_at).where(same)).scalar_one()
        return before

    def of(self, obligation_id: UUID) -> dict[int, SignedFile]:
        """Return the files of a report by the number of their submission."""
        query = select(
            _c.number, _c.file_name, _c.size_bytes, _c.sha256, _c.sent_at, _c.recorded_at
        ).where(_c.obligation_id == obligation_id)
        rows = self._connection.execute(query).mappings()
        return {row["number"]: SignedFile.model_validate(dict(row)) for row in rows}

    def sent_for(self, obligation_ids: Iterable[UUID]) -> list[UUID]:
        """Return which of these reports went through the e-office."""
        query = select(_c.obligation_id).where(_c.obligation_id.in_(obligation_ids)).distinct()
        return list(self._connection.execute(query.order_by(_c.obligation_id)).scalars())

    def content(self, obligation_id: UUID, number: int) -> Mapping[Any, Any] | None:
        """Return `file_name`, `sha256` and `content` of one file."""
        query = select(_c.file_name, _c.sha256, _c.content)
        found = (_c.obligation_id == obligation_id) & (_c.number == number)
        return self._connection.execute(query.where(found)).mappings().one_or_none()
