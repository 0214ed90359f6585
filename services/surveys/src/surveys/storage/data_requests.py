"""Requests of people about their own data: rows in, rows out."""

from dataclasses import asdict
from typing import Final
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    select,
)

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from surveys.domain.data_requests import DataRequest
from surveys.storage.answer_tables import metadata

# `reference` is the number of the office's letter: no name stands here.
data_requests: Final = Table(
    "data_requests",
    metadata,
    Column("id", Uuid, nullable=False),
    Column("school", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("replied_on", Date),
    Column("ended_on", Date),
    Column("outcome", Text),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("id", name="pk_data_requests"),
    CheckConstraint("(outcome IS NULL) = (ended_on IS NULL)", name="ck_data_requests_ended"),
    Index("ix_data_requests_school", "school", "received_on"),
)


class DataRequestRepository:
    """The requests of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: DataRequest) -> None:
        """Insert."""
        self._connection.execute(data_requests.insert().values(asdict(request)))

    def save(self, request: DataRequest) -> None:
        """Write back one that was read with its lock."""
        row = data_requests.update().where(data_requests.c.id == request.id)
        self._connection.execute(row.values(asdict(request)))

    def alone(self, request_id: UUID, actor: Actor) -> DataRequest | None:
        """Lock one in the actor's scope for changing it, and return it."""
        query = select(data_requests).where(data_requests.c.id == request_id).with_for_update()
        row = self._connection.execute(query).mappings().first()
        return DataRequest(**row) if row and actor.may_see(row["school"]) else None

    def listed(self, school: str | None, actor: Actor) -> list[DataRequest]:
        """Return those in the actor's scope, the oldest first."""
        r = data_requests.c
        query = (
            select(data_requests)
            .where(in_scope(actor, r.school, school))
            .order_by(r.received_on, r.id)
        )
        return [DataRequest(**row) for row in self._connection.execute(query).mappings()]
