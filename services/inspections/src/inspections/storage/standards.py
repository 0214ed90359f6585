"""What is held as data with the day from which it holds: the checklist and the terms."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Table, UnaryExpression, case, desc, select
from sqlalchemy.dialects.postgresql import insert

from inspections.domain.checklist import Checklist
from inspections.storage.side_tables import checklists, terms

TermCode = Literal["order", "petition"]


class ChangedChecklistError(Exception):
    """A published version of the checklist was changed; the message names the version."""


@dataclass(frozen=True)
class Term:
    """A term in working days, from a day on."""

    code: TermCode
    effective_from: date
    working_days: int
    legal_basis: str


class StandardRepository:
    """The standards of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def publish(self, checklist: Checklist) -> None:
        """Store a version of the checklist; raises `ChangedChecklistError`."""
        body = checklist.model_dump(mode="json")
        digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        self._connection.execute(
            insert(checklists)
            .values(
                version=checklist.version,
                effective_from=checklist.effective_from,
                body=body,
                digest=digest,
            )
            .on_conflict_do_nothing()
        )
        query = select(checklists.c.digest).where(checklists.c.version == checklist.version)
        if self._connection.execute(query).scalar_one() != digest:
            raise ChangedChecklistError(f"checklist version {checklist.version}")

    def checklist(self, today: date) -> Checklist:
        """Return the checklist that holds today; the first one for days before it."""
        query = select(checklists.c.body).order_by(*_holding(checklists, today)).limit(1)
        return Checklist.model_validate(self._connection.execute(query).scalar_one())

    def checklist_of(self, version: int) -> Checklist:
        """Return one version of the checklist."""
        query = select(checklists.c.body).where(checklists.c.version == version)
        return Checklist.model_validate(self._connection.execute(query).scalar_one())

    def supply(self, shipped: Iterable[Term]) -> None:
        """Insert the shipped terms where the district has none of the same day."""
        rows = [dict(vars(term)) for term in shipped]
        self._connection.execute(insert(terms).on_conflict_do_nothing(), rows)

    def working_days(self, code: TermCode, today: date) -> int:
        """Return the term that holds today; the first one for days before it."""
        t = terms.c
        query = select(t.working_days).where(t.code == code).order_by(*_holding(terms, today))
        days: int = self._connection.execute(query.limit(1)).scalar_one()
        return days


def _holding(table: Table, today: date) -> tuple[UnaryExpression[Any], ...]:
    """Return the order in which the row that holds today comes first, or else the earliest."""
    since = table.c.effective_from
    return desc(since <= today), desc(case((since <= today, since))).nulls_last(), since.asc()
