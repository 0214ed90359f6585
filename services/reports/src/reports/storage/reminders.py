"""Reminders, what they are of, and the summaries that took them."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from messaging.bulk import as_rows, inserting
from reports.domain.obligations import WAITING, Obligation
from reports.domain.reminding import Reminder, Summary
from reports.storage.reminder_tables import reminders, summaries, summary_days
from reports.storage.request_tables import request_addressees, request_answers, requests
from reports.storage.rows import obligation_of
from reports.storage.tables import obligations, schools

_c = reminders.c
_ADD: Final = text(
    inserting(reminders, *(field.name for field in fields(Reminder))) + " ON CONFLICT DO NOTHING"
)


class ReminderRepository:
    """The tables `reminders`, `summaries` and `summary_days` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, made: Iterable[Reminder]) -> None:
        """Keep reminders; one that is there already stays as it is."""
        rows = [asdict(one) for one in made]
        if rows:
            self._connection.execute(_ADD, as_rows(rows))

    def take(self, day: date) -> set[tuple[UUID, str]]:
        """Take all reminders that no day's summaries have taken; returns (subject, school)."""
        taken = (
            update(reminders)
            .where(_c.taken_on.is_(None))
            .values(taken_on=day)
            .returning(_c.subject_id, _c.school)
        )
        return {(row.subject_id, row.school) for row in self._connection.execute(taken)}

    def reports_owed(self, actor: Actor, school: str | None, until: date) -> list[Obligation]:
        """Return the obligations in scope that are due until a day and not submitted."""
        c = obligations.c
        return self._obligations(
            c.state.in_(WAITING), c.due_on <= until, in_scope(actor, c.school, school)
        )

    def returned(self, actor: Actor, school: str | None) -> list[Obligation]:
        """Return the reports in scope that came back, or were taken back, to be sent again."""
        c = obligations.c
        return self._obligations(c.state == "returned", in_scope(actor, c.school, school))

    def requests_owed(
        self, actor: Actor, school: str | None, until: date, *, today: date
    ) -> list[tuple[UUID, str, str, date]]:
        """Return open requests that schools in scope have not answered, due until a day.

        As (request, school, title, due_on); a school that is closed `today` answers no more.
        """
        a = request_addressees.c
        answered = exists().where(
            request_answers.c.request_id == a.request_id, request_answers.c.school == a.school
        )
        query = (
            select(a.request_id, a.school, requests.c.title, requests.c.due_on)
            .join(requests, requests.c.request_id == a.request_id)
            .join(schools, schools.c.code == a.school)
            .where(
                or_(schools.c.closed_on.is_(None), schools.c.closed_on >= today),
                ~requests.c.inside,
                requests.c.closed_on.is_(None),
                requests.c.due_on <= until,
                ~answered,
                in_scope(actor, a.school, school),
            )
        )
        rows = self._connection.execute(query)
        return [(row.request_id, row.school, row.title, row.due_on) for row in rows]

    def turns_wait(self, today: date) -> bool:
        """Whether time has still to change an obligation, here or in another replica."""
        waits = exists().where(obligations.c.next_turn_on <= today)
        return bool(self._connection.execute(select(waits)).scalar_one())

    def made_between(self, first: date, last: date) -> bool:
        """Whether the summaries of one of these days are made."""
        made = exists().where(summary_days.c.day.between(first, last))
        return bool(self._connection.execute(select(made)).scalar_one())

    def news_of(self, day: date) -> tuple[datetime | None, datetime | None]:
        """Return when the summaries before those of a day were made, and when these were."""
        c = summary_days.c
        before = select(func.max(c.made_at)).where(c.day < day)
        these = select(c.made_at).where(c.day == day)
        ask = self._connection.execute
        return ask(before).scalar_one(), ask(these).scalar_one_or_none()

    def mark_made(self, day: date, at: datetime) -> None:
        """Note that the summaries of a day are made."""
        self._connection.execute(insert(summary_days).values(day=day, made_at=at))

    def add_summaries(self, made: Iterable[Summary]) -> None:
        """Store the summaries of a day."""
        rows = [{"school": one.school, "day": one.day, "weekly": one.weekly} for one in made]
        if rows:
            self._connection.execute(insert(summaries), rows)

    def _obligations(self, *conditions: ColumnElement[bool]) -> list[Obligation]:
        query = select(obligations).where(*conditions)
        return [obligation_of(row) for row in self._connection.execute(query).mappings()]
