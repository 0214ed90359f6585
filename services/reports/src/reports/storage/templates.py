"""The district's templates: a version for each upload, none ever changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, text

from reports.storage.document_tables import document_templates

_c = document_templates.c
_ONE_ADDS = text("LOCK TABLE document_templates IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True)
class TemplateVersion:
    """A version of a kind's template, and who uploaded it when."""

    kind: str
    version: int
    uploaded_at: datetime
    uploaded_by: str


class TemplateRepository:
    """The table `document_templates` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kind: str, docx: bytes, at: datetime, by: str) -> TemplateVersion:
        """Keep a template as the next version of its kind."""
        self._connection.execute(_ONE_ADDS)
        new = TemplateVersion(kind, self.newest(kind) + 1, at, by)
        self._connection.execute(
            insert(document_templates).values(
                kind=kind, version=new.version, docx=docx, uploaded_at=at, uploaded_by=by
            )
        )
        return new

    def newest(self, kind: str) -> int:
        """Return the version that is used for a kind; 0 is the shipped one."""
        query = select(func.coalesce(func.max(_c.version), 0)).where(_c.kind == kind)
        return int(self._connection.execute(query).scalar_one())

    def listed(self) -> list[TemplateVersion]:
        """Return all versions, by kind, the newest first."""
        query = select(_c.kind, _c.version, _c.uploaded_at, _c.uploaded_by)
        rows = self._connection.execute(query.order_by(_c.kind, _c.version.desc()))
        return [TemplateVersion(*row) for row in rows]

    def file(self, kind: str, version: int) -> bytes | None:
        """Return the file of a version that the district uploaded."""
        query = select(_c.docx).where(_c.kind == kind, _c.version == version)
        stored = self._connection.execute(query).scalar_one_or_none()
        return None if stored is None else bytes(stored)
