"""How schools were called on a day."""

from datetime import date

from sqlalchemy import Connection, select

from chassis.versions import keep_newer
from reports.storage.document_tables import school_names


class SchoolNameRepository:
    """The table `school_names` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, school: str, title: str, known_from: date, version: int) -> None:
        """Keep how a school is called from a day on; the higher version counts."""
        row = {"school": school, "known_from": known_from, "title": title, "version": version}
        keep_newer(self._connection, school_names, row)

    def on(self, school: str, day: date) -> str | None:
        """Return a school's name on a day; before it was known the first one, None without any."""
        c = school_names.c
        query = select(c.title).where(c.school == school)
        by_then = query.where(c.known_from <= day).order_by(c.known_from.desc(), c.version.desc())
        found = self._connection.execute(by_then.limit(1)).scalar_one_or_none()
        if found is None:
            found = self._connection.execute(
                query.order_by(c.known_from).limit(1)
            ).scalar_one_or_none()
        return found
