"""How many answers each campaign has."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, func, select, text

from inspections.storage.side_tables import answer_tallies

# One statement, whatever number of campaigns: it is made once.
_ADD: Final = text(
    "INSERT INTO answer_tallies AS kept (campaign_id, school, answers)"
    " SELECT * FROM unnest(CAST(:campaigns AS uuid[]), CAST(:schools AS text[]),"
    " CAST(:answers AS integer[]))"
    " ON CONFLICT (campaign_id) DO UPDATE SET answers = kept.answers + excluded.answers"
)


class TallyRepository:
    """The tallies of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, answers: Mapping[tuple[UUID, str], int]) -> None:
        """Add answers per (campaign, school), in the order of the campaigns: no deadlocks.

        Withdrawn answers are added as less than none, and may come before they were counted.
        """
        if not answers:
            return
        ordered = sorted(answers.items())
        self._connection.execute(
            _ADD,
            {
                "campaigns": [str(campaign) for (campaign, _), _ in ordered],
                "schools": [school for (_, school), _ in ordered],
                "answers": [number for _, number in ordered],
            },
        )

    def of(self, campaigns: Iterable[UUID]) -> dict[UUID, int]:
        """Return campaign → answers."""
        t = answer_tallies.c
        answers = func.greatest(t.answers, 0).label("answers")
        query = select(t.campaign_id, answers).where(t.campaign_id.in_(list(campaigns)))
        return {row.campaign_id: row.answers for row in self._connection.execute(query)}
