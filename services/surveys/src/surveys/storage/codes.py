"""One-time codes: each is taken once, under its lock, and nothing is left of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

from contracts.rpc.campaign_access import CodeIssue
from surveys.storage.batch_tables import code_issues, codes


class CodeRepository:
    """The codes of one transaction; they are known by their fingerprints, in hexadecimal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(
        self, campaign_id: UUID, class_code: str | None, fingerprints: Sequence[str], day: date
    ) -> None:
        """Keep codes that were made for a campaign, and how many they were."""
        about = {"campaign_id": campaign_id, "class_code": class_code}
        made = [about | {"fingerprint": bytes.fromhex(one)} for one in fingerprints]
        self._connection.execute(codes.insert(), made)
        issue = about | {"id": uuid4(), "number": len(made), "issued_on": day}
        self._connection.execute(code_issues.insert().values(issue))

    def issues(self, campaign_id: UUID) -> tuple[CodeIssue, ...]:
        """Return what was made for a campaign, in order of days and classes."""
        c = code_issues.c
        query = (
            select(c.issued_on, c.class_code, c.number)
            .where(c.campaign_id == campaign_id)
            .order_by(c.issued_on, c.class_code, c.id)
        )
        found = self._connection.execute(query).mappings()
        return tuple(CodeIssue.model_validate(dict(row)) for row in found)

    def hold(self, wanted: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], str | None]:
        """Lock those of the (campaign, fingerprint) that nobody used; returns them with the class.

        Who comes second waits for the first one's commit, and finds nothing then. Locks go in the
        order of the fingerprints, so that two batches never wait for each other.
        """
        asked = set(wanted)
        digests = sorted({bytes.fromhex(one) for _, one in asked})
        if not digests:
            return {}
        c = codes.c
        query = select(codes).where(c.fingerprint.in_(digests)).order_by(c.fingerprint)
        rows = self._connection.execute(query.with_for_update())
        found = {(row.campaign_id, bytes(row.fingerprint).hex()): row.class_code for row in rows}
        return {key: class_code for key, class_code in found.items() if key in asked}

    def spend(self, fingerprints: Iterable[str]) -> None:
        """Let codes that are held go for good: their answers are stored."""
        spent = [bytes.fromhex(one) for one in fingerprints]
        if spent:
            self._connection.execute(codes.delete().where(codes.c.fingerprint.in_(spent)))
