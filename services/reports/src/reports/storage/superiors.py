"""Who stands above whom, since when, in each hierarchy."""

from datetime import date

from sqlalchemy import Connection, select

from chassis.versions import keep_newer
from reports.storage.tables import superiors


class SuperiorRepository:
    """The table `superiors` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, unit: str, hierarchy: str, parent: str, valid_from: date, version: int) -> None:
        """Keep who stands above a unit from a day on; the higher version counts."""
        row = {
            "unit": unit,
            "hierarchy": hierarchy,
            "parent": parent,
            "valid_from": valid_from,
            "version": version,
        }
        keep_newer(self._connection, superiors, row)

    def of(self, unit: str, day: date) -> dict[str, str]:
        """Return hierarchy → parent of a unit on a day."""
        c = superiors.c
        query = (
            select(c.hierarchy, c.parent)
            .where(c.unit == unit, c.valid_from <= day)
            .order_by(c.valid_from)
        )
        # Of several rows for a hierarchy the last one, the newest, stays.
        return {row.hierarchy: row.parent for row in self._connection.execute(query)}
