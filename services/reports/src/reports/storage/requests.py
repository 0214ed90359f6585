"""Ad-hoc requests, whom they were sent to, and what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, case, exists, func, insert, or_, select, update

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from contracts.rpc.requests import RequestField
from reports.domain.requests import Answer, FigureRequest
from reports.storage.request_tables import (
    request_addressees,
    request_answers,
    request_former_deadlines,
    requests,
)
from reports.storage.rows import deadline_json, deadline_of
from reports.storage.tables import schools
from workdays import Deadline

Place = tuple[str, str]  # school, team


class RequestRepository:
    """The tables of requests over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: FigureRequest, places: Iterable[Place]) -> None:
        """Store a new request with those whom it is sent to."""
        self._connection.execute(insert(requests).values(**_values(request)))
        rows = [
            {"request_id": request.request_id, "school": school, "team": team}
            for school, team in places
        ]
        self._connection.execute(insert(request_addressees), rows)

    def save(self, request: FigureRequest) -> None:
        """Store a changed request."""
        named = requests.c.request_id == request.request_id
        self._connection.execute(update(requests).where(named).values(**_values(request)))

    def lock(self, request_id: UUID, *, inside: bool) -> FigureRequest | None:
        """Return a request, locked until the transaction ends."""
        return self._one(request_id, inside=inside, lock=True)

    def get(self, request_id: UUID, *, inside: bool) -> FigureRequest | None:
        """Return a request."""
        return self._one(request_id, inside=inside, lock=False)

    def _one(self, request_id: UUID, *, inside: bool, lock: bool) -> FigureRequest | None:
        c = requests.c
        query = select(requests).where(c.request_id == request_id, c.inside == inside)
        query = query.with_for_update() if lock else query
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _request(row)

    def listed(self, actor: Actor, *, inside: bool, school: str | None) -> list[FigureRequest]:
        """Return the requests that somebody in scope was asked by: open ones first."""
        a = request_addressees.c
        sent = select(a.request_id).where(in_scope(actor, a.school, school))
        c = requests.c
        query = (
            select(requests)
            .where(c.inside == inside, c.request_id.in_(sent))
            .order_by(c.closed_on.is_not(None), c.due_on, c.request_id)
        )
        return [_request(row) for row in self._connection.execute(query).mappings()]

    def open(self) -> list[FigureRequest]:
        """Return, locked, the requests that are not closed."""
        query = select(requests).where(requests.c.closed_on.is_(None))
        rows = self._connection.execute(query.order_by(requests.c.request_id).with_for_update())
        return [_request(row) for row in rows.mappings()]

    def places(self, ids: Sequence[UUID]) -> dict[UUID, list[Place]]:
        """Return whom each request was sent to."""
        c = request_addressees.c
        query = select(c.request_id, c.school, c.team).where(c.request_id.in_(ids))
        found: dict[UUID, list[Place]] = {one: [] for one in ids}
        for row in self._connection.execute(query.order_by(c.school, c.team)):
            found[row.request_id].append((row.school, row.team))
        return found

    def answers(self, ids: Sequence[UUID]) -> dict[UUID, dict[Place, list[Answer]]]:
        """Return the answers to each request, those of one place in order."""
        c = request_answers.c
        query = select(request_answers).where(c.request_id.in_(ids)).order_by(c.number)
        found: dict[UUID, dict[Place, list[Answer]]] = {one: {} for one in ids}
        for row in self._connection.execute(query).mappings():
            place = (row["school"], row["team"])
            found[row["request_id"]].setdefault(place, []).append(_answer(row))
        return found

    def unanswered(self, today: date) -> dict[tuple[str, str], int]:
        """Return (school, "open" or "overdue") → open requests that the school has not answered.

        A school that is closed `today` answers no more.
        """
        c, a = request_addressees.c, request_answers.c
        answered = exists().where(a.request_id == c.request_id, a.school == c.school)
        state = case((requests.c.due_on < today, "overdue"), else_="open").label("state")
        query = (
            select(c.school, state, func.count().label("n"))
            .join(requests, requests.c.request_id == c.request_id)
            .join(schools, schools.c.code == c.school)
            .where(
                or_(schools.c.closed_on.is_(None), schools.c.closed_on >= today),
                ~requests.c.inside,
                requests.c.closed_on.is_(None),
                ~answered,
            )
            .group_by(c.school, state)
        )
        return {(row.school, row.state): row.n for row in self._connection.execute(query)}

    def answer(self, request_id: UUID, answer: Answer, actor: Actor) -> None:
        """Store one more answer."""
        self._connection.execute(
            insert(request_answers).values(
                request_id=request_id,
                school=answer.school,
                team=answer.team,
                number=answer.number,
                values=dict(answer.values),
                answered_at=answer.answered_at,
                answered_on=answer.answered_on,
                late_working_days=answer.late_working_days,
                by_account=actor.account_id,
                by_role=answer.by_role,
                by_name=answer.by_name,
            )
        )

    def replace_deadline(self, request_id: UUID, old: Deadline, at: datetime) -> None:
        """Keep a deadline that was replaced."""
        values = {"request_id": request_id, "deadline": deadline_json(old), "replaced_at": at}
        self._connection.execute(insert(request_former_deadlines).values(**values))

    def former_deadlines(self, request_id: UUID) -> list[tuple[Deadline, datetime]]:
        """Return the replaced deadlines with when they were replaced, oldest first."""
        c = request_former_deadlines.c
        query = select(c.deadline, c.replaced_at).where(c.request_id == request_id).order_by(c.id)
        rows = self._connection.execute(query)
        return [(deadline_of(row.deadline), row.replaced_at) for row in rows]


def _values(request: FigureRequest) -> dict[str, Any]:
    return {
        "request_id": request.request_id,
        "inside": request.inside,
        "title": request.title,
        "instructions": request.instructions,
        "legal_basis": request.legal_basis,
        "named_on": request.named_on,
        "wording": request.wording,
        "due_on": request.deadline.due_on,
        "deadline": deadline_json(request.deadline),
        "fields": [field.model_dump() for field in request.fields],
        "made_at": request.made_at,
        "made_by": request.made_by,
        "closed_on": request.closed_on,
        "closed_by": request.closed_by,
        "close_reason": request.close_reason,
        "version": request.version,
    }


def _request(row: Mapping[Any, Any]) -> FigureRequest:
    return FigureRequest(
        request_id=row["request_id"],
        inside=row["inside"],
        title=row["title"],
        instructions=row["instructions"],
        legal_basis=row["legal_basis"],
        named_on=row["named_on"],
        wording=row["wording"],
        deadline=deadline_of(row["deadline"]),
        fields=tuple(RequestField.model_validate(field) for field in row["fields"]),
        made_at=row["made_at"],
        made_by=row["made_by"],
        closed_on=row["closed_on"],
        closed_by=row["closed_by"],
        close_reason=row["close_reason"],
        version=row["version"],
    )


def _answer(row: Mapping[Any, Any]) -> Answer:
    return Answer(
        school=row["school"],
        team=row["team"],
        number=row["number"],
        values=row["values"],
        answered_at=row["answered_at"],
        answered_on=row["answered_on"],
        late_working_days=row["late_working_days"],
        by_role=row["by_role"],
        by_name=row["by_name"],
    )
