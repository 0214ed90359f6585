"""Deadlines of what is still owed that were another day before."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, Table, exists, or_, select

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from reports.domain.obligations import WAITING, Obligation
from reports.storage.request_tables import (
    request_addressees,
    request_answers,
    request_former_deadlines,
    requests,
)
from reports.storage.rows import deadline_of, obligation_of
from reports.storage.tables import former_deadlines, obligations, schools

Before = tuple[date, datetime]  # the day that it was, and when that was replaced last


class MovedDeadlineRepository:
    """What moved after one moment and until another, in the actor's scope."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reports(
        self, actor: Actor, school: str | None, after: datetime, until: datetime
    ) -> list[tuple[Obligation, Before]]:
        """Return the obligations that are not submitted, each with what its deadline was."""
        was = self._was(former_deadlines, "obligation_id", after, until)
        c = obligations.c
        query = select(obligations).where(
            c.obligation_id.in_(was),
            c.state.in_(WAITING),
            in_scope(actor, c.school, school),
        )
        found = self._connection.execute(query).mappings()
        return [
            (obligation_of(row), was[row["obligation_id"]])
            for row in found
            if row["due_on"] != was[row["obligation_id"]][0]
        ]

    def requests(
        self, actor: Actor, school: str | None, after: datetime, until: datetime, *, today: date
    ) -> list[tuple[tuple[UUID, str, str, date], Before]]:
        """Return the district's open requests that a school has not answered, likewise.

        As (request, school, title, due_on); a school that is closed `today` answers no more.
        """
        was = self._was(request_former_deadlines, "request_id", after, until)
        a, r = request_addressees.c, requests.c
        answered = exists().where(
            request_answers.c.request_id == a.request_id, request_answers.c.school == a.school
        )
        query = (
            select(a.request_id, a.school, r.title, r.due_on)
            .join(requests, r.request_id == a.request_id)
            .join(schools, schools.c.code == a.school)
            .where(
                or_(schools.c.closed_on.is_(None), schools.c.closed_on >= today),
                a.request_id.in_(was),
                ~r.inside,
                r.closed_on.is_(None),
                ~answered,
                in_scope(actor, a.school, school),
            )
        )
        return [
            ((row.request_id, row.school, row.title, row.due_on), was[row.request_id])
            for row in self._connection.execute(query)
            if row.due_on != was[row.request_id][0]
        ]

    def _was(
        self, table: Table, subject: str, after: datetime, until: datetime
    ) -> dict[UUID, Before]:
        """Return the first deadline that was replaced in this time, with the last moment of it."""
        c = table.c
        query = (
            select(c[subject].label("subject"), c.deadline, c.replaced_at)
            .where(c.replaced_at > after, c.replaced_at <= until)
            .order_by(c.id)
        )
        found: dict[UUID, Before] = {}
        for row in self._connection.execute(query):
            first = found[row.subject][0] if row.subject in found else None
            found[row.subject] = (first or deadline_of(row.deadline).due_on, row.replaced_at)
        return found
