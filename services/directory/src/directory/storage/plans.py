"""The yearly plans of schools, as their documents state them."""

from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from directory.storage.tables import metadata

plans: Final = Table(
    "plans",
    metadata,
    Column("school", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("body", JSONB, nullable=False),
    PrimaryKeyConstraint("school", "year", name="pk_plans"),
    ForeignKeyConstraint(["school"], ["schools.code"], name="fk_plans_school_schools"),
)


class PlanRepository:
    """The plans of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, school: str, year: int) -> dict[str, Any] | None:
        """Return what a plan says, until this transaction ends the last word on it."""
        query = (
            select(plans.c.body)
            .where(plans.c.school == school, plans.c.year == year)
            .with_for_update()
        )
        body: dict[str, Any] | None = self._connection.execute(query).scalar_one_or_none()
        return body

    def put(self, school: str, year: int, body: dict[str, Any]) -> None:
        """Store a plan, over the one that was there."""
        row = insert(plans).values(school=school, year=year, body=body)
        self._connection.execute(
            row.on_conflict_do_update(
                index_elements=["school", "year"], set_={"body": row.excluded.body}
            )
        )

    def of_school(self, school: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the years and plans of a school, newest first."""
        query = (
            select(plans.c.year, plans.c.body)
            .where(plans.c.school == school)
            .order_by(plans.c.year.desc())
        )
        return [(year, body) for year, body in self._connection.execute(query)]
