"""Results as exact counts: made of the answers in the database, read by whoever shows them."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, func, select, text

from contracts.rpc.results import Dimension
from surveys.storage.answer_tables import responses, result_parts

Numbers = dict[tuple[str, str], int]
# The item under which the sheets of a part are counted; no form has an item without a code.
SHEETS: Final = ("", "")

# One reading of the answers for all counts. jsonb_each_text gives each level, percentage and word
# as text, which is how counts are keyed.
_COUNTED: Final = """
    SELECT r.source, coalesce(r.class_code, '') AS class,
           a.key AS item, a.value AS answer, count(*)::integer AS number
    FROM responses r
    CROSS JOIN LATERAL (
        SELECT key, value FROM jsonb_each_text(r.answers) UNION ALL SELECT '', ''
    ) a
    WHERE r.campaign_id = :campaign_id
    GROUP BY 1, 2, 3, 4
"""
_PARTS: Final = """
    SELECT 'source' AS dimension, source AS part, item, answer, sum(number) AS number
    FROM counted GROUP BY 2, 3, 4
    UNION ALL
    SELECT 'class', class, item, answer, sum(number) FROM counted GROUP BY 2, 3, 4
"""
_COUNT: Final = text(f"""
    WITH counted AS MATERIALIZED ({_COUNTED})
    INSERT INTO result_parts (campaign_id, dimension, part, item, answer, number)
    SELECT :campaign_id, p.* FROM ({_PARTS}) p
""")  # noqa: S608 - made of our own constants
# What is kept and what the answers say, each without the other.
_DIFFERENT: Final = text(f"""
    WITH counted AS MATERIALIZED ({_COUNTED}), parts AS ({_PARTS}), kept AS (
        SELECT dimension, part, item, answer, number
        FROM result_parts WHERE campaign_id = :campaign_id
    )
    SELECT count(*) FROM (
        (TABLE parts EXCEPT TABLE kept) UNION ALL (TABLE kept EXCEPT TABLE parts)
    ) different
""")  # noqa: S608 - made of our own constants
_ALIKE: Final = text("""
    SELECT answers - CAST(:left_out AS text[]) AS alike, count(*) AS number
    FROM responses WHERE campaign_id = :campaign_id
    GROUP BY 1 HAVING count(*) >= :fewest
    ORDER BY 2 DESC, 1
""")


class ResultRepository:
    """The counts of closed campaigns, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, campaign_id: UUID) -> None:
        """Count all answers of a campaign anew."""
        self._connection.execute(
            result_parts.delete().where(result_parts.c.campaign_id == campaign_id)
        )
        self._connection.execute(_COUNT, {"campaign_id": campaign_id})

    def differences(self, campaign_id: UUID) -> int:
        """Return how many stored counts disagree with the answers: 0 when all is well."""
        found: int = self._connection.execute(_DIFFERENT, {"campaign_id": campaign_id}).scalar_one()
        return found

    def of(
        self, campaign_ids: Iterable[UUID], items: Collection[str] | None = None
    ) -> dict[UUID, Numbers]:
        """Return campaign → (item, answer) → how many, of all sources; `items` narrows it."""
        c = result_parts.c
        query = (
            select(c.campaign_id, c.item, c.answer, func.sum(c.number))
            .where(c.campaign_id.in_(sorted(set(campaign_ids))))
            .where(c.dimension == "source", c.item != SHEETS[0])
            .group_by(c.campaign_id, c.item, c.answer)
        )
        if items is not None:
            query = query.where(c.item.in_(sorted(items)))
        found: dict[UUID, Numbers] = {}
        for campaign_id, item, answer, number in self._connection.execute(query):
            found.setdefault(campaign_id, {})[item, answer] = int(number)
        return found

    def parts(self, campaign_id: UUID) -> dict[Dimension, dict[str, Numbers]]:
        """Return dimension → part → (item, answer) → how many; `SHEETS` counts its sheets."""
        c = result_parts.c
        query = select(c.dimension, c.part, c.item, c.answer, c.number).where(
            c.campaign_id == campaign_id
        )
        found: dict[Dimension, dict[str, Numbers]] = {"source": {}, "class": {}}
        for dimension, part, item, answer, number in self._connection.execute(query):
            found[dimension].setdefault(part, {})[item, answer] = number
        return found

    def alike(
        self, campaign_id: UUID, left_out: Iterable[str], fewest: int
    ) -> list[tuple[dict[str, Any], int]]:
        """Return answers that at least `fewest` sheets gave alike, the most frequent first.

        Items that are `left_out` don't count.
        """
        given = {"campaign_id": campaign_id, "left_out": sorted(left_out), "fewest": fewest}
        rows = self._connection.execute(_ALIKE, given)
        return [(row.alike, row.number) for row in rows]

    def by_day(self, campaign_id: UUID) -> dict[date, int]:
        """Return day → how many answers came."""
        c = responses.c
        query = (
            select(c.day, func.count())
            .where(c.campaign_id == campaign_id)
            .group_by(c.day)
            .order_by(c.day)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}
