"""How many answers each campaign has."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from inspections.storage.side_tables import answer_tallies


class TallyRepository:
    """The tallies of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, answers: Mapping[tuple[UUID, str], int]) -> None:
        """Add answers per (campaign, school), in the order of the campaigns: no deadlocks.

        Withdrawn answers are added as less than none, and may come before they were counted.
        """
        rows = [
            {"campaign_id": campaign, "school": school, "answers": number}
            for (campaign, school), number in sorted(answers.items())
        ]
        if not rows:
            return
        fresh = insert(answer_tallies)
        self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=["campaign_id"],
                set_={"answers": answer_tallies.c.answers + fresh.excluded.answers},
            ),
            rows,
        )

    def of(self, campaigns: Iterable[UUID]) -> dict[UUID, int]:
        """Return campaign → answers."""
        t = answer_tallies.c
        answers = func.greatest(t.answers, 0).label("answers")
        query = select(t.campaign_id, answers).where(t.campaign_id.in_(list(campaigns)))
        return {row.campaign_id: row.answers for row in self._connection.execute(query)}
